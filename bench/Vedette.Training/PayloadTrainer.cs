using Vedette.Engine.Events;
using Vedette.Engine.Signatures;
using Vedette.ML;

namespace Vedette.Training;

/// <summary>Fits the payload model: for each class a logistic regression with weights that may not be negative and are drawn to their priors.</summary>
/// <remarks>
/// A request is a bag of leaves. Of an attack only the leaf that speaks most for its class is learnt from (as in MI-SVM, Andrews et al., NIPS 2002), of an ordinary
/// request every leaf. Rows that look alike count as the logarithm of their number and every source has the same say, so that no long machine-written list rules.
/// The penalty pulls to the prior, not to zero: a rule the data says nothing about keeps the weight experience gave it.
/// </remarks>
internal sealed class PayloadTrainer
{
    private const int Rounds = 3;
    private const int Steps = 200;
    private const double Penalty = 2.0;
    /// <summary>How far a few rows may pull down a rule that experience holds to be enough alone, and any other.</summary>
    private const double SureShare = 0.85;
    private const double WeakShare = 0.5;

    /// <summary>A rule whose prior is enough alone stays so: what excuses it in some texts is for the contexts to say.</summary>
    private const double SurePrior = 5.2;
    private const double Sure = 5.02;
    private const double PositiveMass = 80;
    private const double NegativeMass = 400;
    private const double OwnMass = 600;

    /// <summary>How much more a generated honest row counts than another: a false alarm costs more than a miss.</summary>
    private const double HonestShare = 2;

    private readonly RequestInspector _inspector = new(PayloadModel.Prior);
    private readonly EventBatch _batch = new(1 << 16, 1);
    private readonly InspectionScratch _scratch = new();
    private readonly List<Bag> _bags = [];

    /// <summary>Adds a record and, for an attack, one mutation of it.</summary>
    public void Add(PayloadRecord record, ref SeededRandom random)
    {
        AddBag(record);
        if (record.IsAttack && Mutations.Mutate(record, ref random) is { } mutated) AddBag(mutated);
    }

    /// <summary>Fits on the records that are not left out.</summary>
    /// <param name="leftOut">Source, or group of one, to leave out; or null.</param>
    public PayloadModel Fit(string? leftOut)
    {
        var model = PayloadModel.Prior;
        for (int round = 0; round < Rounds; round++)
        {
            float[] bias = new float[PayloadClassNames.Count];
            float[] weights = [.. Rules.All.Select(rule => rule.Prior)];
            float[] context = new float[weights.Length * bias.Length];
            foreach (var payloadClass in Enum.GetValues<PayloadClass>().Where(c => c != PayloadClass.None))
            {
                bias[(int)payloadClass] = PayloadModel.Prior.Bias(payloadClass);
                FitClass(payloadClass, RowsOf(payloadClass, leftOut, model), weights, context);
            }
            model = new PayloadModel(bias, weights, context);
        }
        return model;
    }

    private void AddBag(PayloadRecord record)
    {
        var request = record.AddTo(_batch);
        var leaves = new List<int[]>();
        _inspector.Extract(_batch, request, _scratch, (_, hits) =>
        {
            if (!hits.IsEmpty) leaves.Add(Indices(hits));
        });
        if (leaves.Count > 0) _bags.Add(new Bag(record.Source, record.Group, record.IsAttack, record.Class, leaves));
    }

    private static int[] Indices(RuleHits hits)
    {
        var found = new List<int>();
        for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1)) found.Add(i);
        return [.. found];
    }

    private List<Row> RowsOf(PayloadClass payloadClass, string? leftOut, PayloadModel model)
    {
        var counts = new Dictionary<(string Source, bool IsAttack, string Key), (int[] Rules, int Count)>();
        foreach (var bag in _bags.Where(bag => bag.Source != leftOut && bag.Group != leftOut))
        {
            var relevant = bag.Leaves.Where(leaf => leaf.Any(i => Rules.All[i].Class == payloadClass)).Select(leaf => Relevant(leaf, payloadClass)).ToList();
            if (relevant.Count == 0 || bag.IsAttack && bag.Class != payloadClass) continue;
            foreach (int[] leaf in bag.IsAttack ? [relevant.MaxBy(leaf => Logit(model, payloadClass, leaf))!] : relevant)
            {
                var key = (bag.Source, bag.IsAttack, string.Join(',', leaf));
                counts[key] = (leaf, counts.GetValueOrDefault(key).Count + 1);
            }
        }
        var masses = counts.GroupBy(pair => (pair.Key.Source, pair.Key.IsAttack)).ToDictionary(group => group.Key, group => group.Sum(pair => Math.Log2(1 + pair.Value.Count)));
        return [.. counts.OrderBy(pair => pair.Key.Source, StringComparer.Ordinal).ThenBy(pair => pair.Key.IsAttack).ThenBy(pair => pair.Key.Key, StringComparer.Ordinal).Select(pair =>
        {
            double mass = masses[(pair.Key.Source, pair.Key.IsAttack)];
            double limit = pair.Key.Source switch
            {
                BenignText.Source => OwnMass,
                GrammarText.HonestSource => Math.Min(HonestShare * mass, OwnMass),
                _ => Math.Min(mass, pair.Key.IsAttack ? PositiveMass : NegativeMass),
            };
            return new Row(pair.Value.Rules, pair.Key.IsAttack, Math.Log2(1 + pair.Value.Count) * limit / mass);
        })];
    }

    private static int[] Relevant(int[] leaf, PayloadClass payloadClass) => [.. leaf.Where(i => Rules.All[i].IsContext || Rules.All[i].Class == payloadClass)];

    private static float Logit(PayloadModel model, PayloadClass payloadClass, int[] leaf) =>
        model.Bias(payloadClass) + leaf.Sum(i => Rules.All[i].IsContext ? model.Context(Rules.All[i], payloadClass) : model.Weight(Rules.All[i]));

    /// <summary>Projected gradient steps, each weight with its own step length from a bound of the curvature.</summary>
    private static void FitClass(PayloadClass payloadClass, List<Row> rows, float[] weights, float[] context)
    {
        int count = Rules.All.Count;
        double[] prior = new double[count];
        double[] w = new double[count];
        double[] curvature = new double[count];
        foreach (var rule in Rules.All)
        {
            prior[rule.Index] = w[rule.Index] = rule.IsContext ? PayloadModel.Prior.Context(rule, payloadClass) : rule.Prior;
            curvature[rule.Index] = Penalty;
        }
        foreach (var row in rows)
            foreach (int i in row.Rules) curvature[i] += row.Mass * row.Rules.Length / 4;
        double bias = PayloadModel.Prior.Bias(payloadClass);
        double[] gradient = new double[count];
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < count; i++) gradient[i] = Penalty * (w[i] - prior[i]);
            foreach (var row in rows)
            {
                double logit = bias;
                foreach (int i in row.Rules) logit += w[i];
                double error = row.Mass * (1 / (1 + Math.Exp(-logit)) - (row.IsAttack ? 1 : 0));
                foreach (int i in row.Rules) gradient[i] += error;
            }
            for (int i = 0; i < count; i++) w[i] = Bound(Rules.All[i], w[i] - gradient[i] / curvature[i]);
        }
        foreach (var rule in Rules.All)
        {
            if (rule.IsContext) context[rule.Index * PayloadClassNames.Count + (int)payloadClass] = (float)w[rule.Index];
            else if (rule.Class == payloadClass) weights[rule.Index] = (float)w[rule.Index];
        }
    }

    private static double Bound(Rule rule, double weight) =>
        rule.IsContext ? Math.Clamp(weight, -PayloadModel.MaxContext, 1) : Math.Clamp(weight, Math.Max(rule.Prior > SurePrior - 0.01 ? Sure : 0, (rule.Prior >= 5 ? SureShare : WeakShare) * rule.Prior), Math.Min(PayloadModel.MaxWeight, rule.Prior + 4));

    private sealed record Bag(string Source, string Group, bool IsAttack, PayloadClass Class, List<int[]> Leaves);

    private sealed record Row(int[] Rules, bool IsAttack, double Mass);
}
