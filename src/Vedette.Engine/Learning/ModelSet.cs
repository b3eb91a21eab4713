using System.Globalization;
using System.Text;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;

namespace Vedette.Engine.Learning;

/// <summary>All models that were trained together: what the engine adopts, a judge asks and a directory keeps. Immutable, thread-safe.</summary>
public sealed partial class ModelSet
{
    private const float FailureErrorRate = 0.3f;
    private const float FailureMillis = 800;

    internal ModelSet(ModelParts parts, ModelLineage lineage) => (Parts, Lineage) = (parts, lineage);

    internal ModelParts Parts { get; }

    /// <summary>Where the models come from and how good they are.</summary>
    public ModelLineage Lineage { get; }

    /// <summary>Name of the version; empty until a directory has given one.</summary>
    public string Version => Lineage.Version;

    /// <summary>Names of the models that are ready, in the order of <see cref="ModelNames.All"/>, signatures included.</summary>
    public IReadOnlyList<string> Ready => [.. ModelNames.All.Where(IsReady)];

    /// <summary>Number of request tokens that are told apart.</summary>
    public int VocabularySize => Parts.Vocabulary.RouteCount == 0 ? 0 : Parts.Vocabulary.TokenCount;

    /// <summary>Score from which on a single request is called anomalous, on the scale on which negative is stranger; null without a forest of requests.</summary>
    public double? RequestThreshold => Parts.Requests is { } requests ? -requests.Threshold : null;

    /// <summary>Fingerprint of the features' names and order.</summary>
    public static string Schema { get; } = SchemaOf();

    /// <summary>Whether a model is ready to vote.</summary>
    public bool IsReady(string model) => model is ModelNames.Signatures or ModelNames.KMeans
        || Parts.WindowModels.Any(fitted => fitted.Name == model) || Parts.SequenceModels.Any(fitted => fitted.Name == model);

    /// <summary>Each ready model's weight in the consensus, adding up to 1; 0 for signatures and k-means, which have other tasks.</summary>
    public IReadOnlyDictionary<string, double> Weights(LearningOptions options) => Consensus.Weights(Ready, options);

    /// <summary>This set under a version's name.</summary>
    internal ModelSet With(ModelLineage lineage) => new(Parts, lineage);

    /// <summary>True for a window that is failing: an error rate above 0.3, or a mean response time above 800 ms.</summary>
    internal static bool IsFailing(ReadOnlySpan<float> row) => row[WindowFeatures.ErrorRate] > FailureErrorRate || row[WindowFeatures.AvgResponseTime] > FailureMillis;

    /// <summary>The tokens of a caller's last requests, as the models know them.</summary>
    /// <param name="ring">The requests.</param>
    /// <param name="routes">Index in the vocabulary by the engine's route id.</param>
    /// <param name="tokens">Receives them.</param>
    /// <returns>How many.</returns>
    internal static int Translate(in TokenRing ring, ReadOnlySpan<int> routes, Span<int> tokens)
    {
        Span<ushort> raw = stackalloc ushort[TokenRing.Capacity];
        int count = ring.CopyTo(raw);
        for (int i = 0; i < count; i++)
        {
            int route = RequestToken.RouteOf(raw[i]);
            tokens[i] = Vocabulary.TokenOf(route < routes.Length ? routes[route] : -1, RequestToken.OutcomeOf(raw[i]));
        }
        return count;
    }

    private static string SchemaOf()
    {
        string names = string.Join(',', WindowFeatures.All.Select(static f => f.Name)) + ";" + string.Join(',', RequestFeatures.All.Select(static f => f.Name));
        return Fingerprint.Of(Encoding.UTF8.GetBytes(names), 40).ToString("x16", CultureInfo.InvariantCulture);
    }
}
