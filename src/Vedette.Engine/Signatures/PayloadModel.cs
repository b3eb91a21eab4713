using System.Text.Json;

namespace Vedette.Engine.Signatures;

/// <summary>Turns the rules found in a leaf into a probability per class: one sparse logistic regression for each class.</summary>
/// <remarks>
/// A class's log-odds are its bias, plus the weights of its rules that were found (never negative: more evidence cannot lower a score), plus small
/// corrections for context. In the manner of C. Scano et al., "ModSec-Learn", DEXA 2024, arXiv 2406.13547, with the weights drawn to a prior. Immutable.
/// </remarks>
internal sealed class PayloadModel
{
    public const int Version = 1;
    public const float MaxWeight = 15;
    public const float MaxContext = 4;
    private const string ResourceName = "Vedette.Engine.Signatures.Data.payload-model.json";

    private readonly float[] _bias;
    private readonly float[] _weights;
    private readonly float[] _context;
    private readonly byte[] _classes;

    /// <summary>Takes the numbers as they are.</summary>
    /// <param name="bias">Log-odds per class, length <see cref="PayloadClassNames.Count"/>.</param>
    /// <param name="weights">Weight per rule, by <see cref="Rule.Index"/>; that of context rules is not used.</param>
    /// <param name="context">Row-major (rule, class): what each context adds to each class.</param>
    public PayloadModel(float[] bias, float[] weights, float[] context)
    {
        if (bias.Length != PayloadClassNames.Count || weights.Length != Rules.All.Count || context.Length != Rules.All.Count * PayloadClassNames.Count)
            throw new ArgumentException($"{bias.Length} biases, {weights.Length} weights and {context.Length} context weights do not fit {Rules.All.Count} rules.", nameof(bias));
        _bias = bias;
        _weights = weights;
        _context = context;
        _classes = [.. Rules.All.Select(rule => (byte)rule.Class)];
    }

    /// <summary>The model before any training: every rule at its prior weight.</summary>
    public static PayloadModel Prior { get; } = CreatePrior();

    /// <summary>The model that ships.</summary>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>.</exception>
    public static PayloadModel LoadEmbedded()
    {
        using var stream = typeof(PayloadModel).Assembly.GetManifestResourceStream(ResourceName)!;
        return Load(stream);
    }

    public float Bias(PayloadClass payloadClass) => _bias[(int)payloadClass];

    public float Weight(Rule rule) => _weights[rule.Index];

    public float Context(Rule rule, PayloadClass payloadClass) => _context[rule.Index * PayloadClassNames.Count + (int)payloadClass];

    /// <summary>Computes the log-odds of every class that has evidence.</summary>
    /// <param name="hits">The rules found.</param>
    /// <param name="logits">Receives the log-odds per class; untouched where the returned set does not hold the class.</param>
    public PayloadClasses Evaluate(RuleHits hits, Span<float> logits)
    {
        var found = PayloadClasses.None;
        for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1))
        {
            int c = _classes[i];
            if (c == 0) continue;
            var bit = (PayloadClasses)(1 << c);
            if ((found & bit) == 0) logits[c] = _bias[c];
            found |= bit;
            logits[c] += _weights[i];
        }
        if (found == PayloadClasses.None) return found;
        for (int i = hits.Next(Rules.ContextProse.Index); i >= 0; i = hits.Next(i + 1))
            for (int c = 1; c < PayloadClassNames.Count; c++) logits[c] += _context[i * PayloadClassNames.Count + c];
        return found;
    }

    /// <summary>Beyond these log-odds a probability nears 1 more slowly, so that scores still rank what is all but certain: no number of rows tells 12 from 20.</summary>
    private const float Certain = 7;

    private const float CertainShare = 0.25f;

    public static float Probability(float logit) => 1f / (1f + MathF.Exp(-(logit <= Certain ? logit : Certain + CertainShare * (logit - Certain))));

    /// <summary>Reads a model file: JSON with version, bias, rules and context, all by name.</summary>
    /// <exception cref="InvalidDataException">Another version, an unknown or missing name, or a weight out of bounds.</exception>
    public static PayloadModel Load(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version) throw new InvalidDataException($"The payload model has version {version}; this program reads version {Version}.");
            float[] bias = new float[PayloadClassNames.Count];
            float[] weights = new float[Rules.All.Count];
            float[] context = new float[weights.Length * bias.Length];
            foreach (var property in root.GetProperty("bias").EnumerateObject()) bias[ClassIndex(property.Name)] = Bounded(property, -20, 0);
            foreach (var rule in Rules.All.Where(rule => !rule.IsContext))
            {
                if (!root.GetProperty("rules").TryGetProperty(rule.Id, out var value)) throw new InvalidDataException($"The payload model has no weight for '{rule.Id}'.");
                weights[rule.Index] = Bounded(rule.Id, value.GetSingle(), 0, MaxWeight);
            }
            foreach (var row in root.GetProperty("context").EnumerateObject())
            {
                var rule = Rules.Find(row.Name) is { IsContext: true } found ? found : throw new InvalidDataException($"The payload model names an unknown context '{row.Name}'.");
                foreach (var cell in row.Value.EnumerateObject()) context[rule.Index * bias.Length + ClassIndex(cell.Name)] = Bounded(cell, -MaxContext, MaxContext);
            }
            return new PayloadModel(bias, weights, context);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The payload model is damaged: {e.Message}", e);
        }
    }

    private static int ClassIndex(string name)
    {
        var found = PayloadClassNames.Parse(name);
        return found != PayloadClass.None ? (int)found : throw new InvalidDataException($"The payload model names an unknown class '{name}'.");
    }

    private static float Bounded(JsonProperty property, float minimum, float maximum) => Bounded(property.Name, property.Value.GetSingle(), minimum, maximum);

    private static float Bounded(string name, float value, float minimum, float maximum) =>
        value >= minimum && value <= maximum ? value : throw new InvalidDataException($"The payload model's '{name}' is {value}; {minimum} to {maximum} is possible.");

    private static PayloadModel CreatePrior()
    {
        float[] bias = new float[PayloadClassNames.Count];
        Array.Fill(bias, -5f, 1, bias.Length - 1);
        float[] weights = [.. Rules.All.Select(rule => rule.Prior)];
        float[] context = new float[weights.Length * bias.Length];
        PayloadClass[] writtenAbout = [PayloadClass.SqlInjection, PayloadClass.Xss, PayloadClass.CommandInjection, PayloadClass.PathTraversal, PayloadClass.TemplateInjection, PayloadClass.NosqlInjection, PayloadClass.Xxe, PayloadClass.Ssrf, PayloadClass.FileInclusion];
        foreach (var rule in (Rule[])[Rules.ContextProse, Rules.ContextUnbroken, Rules.ContextLead, Rules.ContextTail, Rules.ContextEnclosed])
            foreach (var payloadClass in writtenAbout) context[rule.Index * bias.Length + (int)payloadClass] = -1f;
        foreach (var payloadClass in (PayloadClass[])[.. writtenAbout, PayloadClass.LdapInjection, PayloadClass.Log4Shell, PayloadClass.CrlfInjection]) context[Rules.ContextMention.Index * bias.Length + (int)payloadClass] = -3.5f;
        foreach (var payloadClass in (PayloadClass[])[PayloadClass.SqlInjection, PayloadClass.Xss, PayloadClass.CommandInjection, PayloadClass.TemplateInjection, PayloadClass.PathTraversal])
            context[Rules.ContextProgram.Index * bias.Length + (int)payloadClass] = -1.5f;
        foreach (var payloadClass in (PayloadClass[])[PayloadClass.SqlInjection, PayloadClass.CommandInjection, PayloadClass.PathTraversal]) context[Rules.ContextDocument.Index * bias.Length + (int)payloadClass] = -3f;
        foreach (var payloadClass in (PayloadClass[])[PayloadClass.Xss, PayloadClass.TemplateInjection]) context[Rules.ContextDocument.Index * bias.Length + (int)payloadClass] = -2f;
        context[Rules.ContextShell.Index * bias.Length + (int)PayloadClass.CommandInjection] = -2.5f;
        context[Rules.ContextQuotedStatement.Index * bias.Length + (int)PayloadClass.SqlInjection] = -2.5f;
        context[Rules.ContextFilter.Index * bias.Length + (int)PayloadClass.SqlInjection] = -2.5f;
        context[Rules.ContextFilter.Index * bias.Length + (int)PayloadClass.CommandInjection] = -1f;
        context[Rules.ContextAsset.Index * bias.Length + (int)PayloadClass.PathTraversal] = -1.5f;
        context[Rules.ContextStatement.Index * bias.Length + (int)PayloadClass.SqlInjection] = -3f;
        return new PayloadModel(bias, weights, context);
    }
}
