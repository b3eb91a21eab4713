namespace Vedette.Engine.Learning;

/// <summary>Weighs the votes: each group of models has a weight, shared among those of its models that have an opinion.</summary>
/// <remarks>A group of which no model has an opinion gives its weight to the others.</remarks>
internal sealed class Consensus
{
    private static readonly int Groups = Enum.GetValues<ModelGroup>().Length;

    private readonly ModelGroup[] _groups;
    private readonly double[] _groupWeights = new double[Groups];

    public Consensus(IReadOnlyList<string> models, LearningOptions options)
    {
        _groups = [.. models.Select(ModelNames.GroupOf)];
        _groupWeights[(int)ModelGroup.Unsupervised] = options.UnsupervisedWeight;
        _groupWeights[(int)ModelGroup.Supervised] = options.SupervisedWeight;
        _groupWeights[(int)ModelGroup.Neural] = options.NeuralWeight;
    }

    /// <summary>The weighted mean of one window's votes, in [0, 1]; NaN votes are no opinion.</summary>
    public float Of(ReadOnlySpan<float> votes) => Of(votes, out _);

    /// <param name="votes">One per model.</param>
    /// <param name="consent">The lowest vote of the supervised models: what all of them agree on; NaN if none has an opinion.</param>
    public float Of(ReadOnlySpan<float> votes, out float consent)
    {
        consent = float.NaN;
        Span<double> sums = stackalloc double[Groups];
        Span<int> counts = stackalloc int[Groups];
        sums.Clear();
        counts.Clear();
        for (int model = 0; model < votes.Length; model++)
        {
            if (float.IsNaN(votes[model])) continue;
            sums[(int)_groups[model]] += votes[model];
            counts[(int)_groups[model]]++;
            if (_groups[model] == ModelGroup.Supervised && !(votes[model] >= consent)) consent = votes[model];
        }
        double sum = 0, weight = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (counts[group] == 0) continue;
            sum += _groupWeights[group] * sums[group] / counts[group];
            weight += _groupWeights[group];
        }
        return weight == 0 ? 0 : (float)(sum / weight);
    }

    /// <summary>Each model's weight if all of them vote, adding up to 1; 0 for those without one.</summary>
    public static IReadOnlyDictionary<string, double> Weights(IReadOnlyList<string> models, LearningOptions options)
    {
        var consensus = new Consensus(models, options);
        double all = 0;
        foreach (ModelGroup group in consensus._groups.Distinct()) all += consensus._groupWeights[(int)group];
        return models.Zip(consensus._groups).ToDictionary(
            static pair => pair.First,
            pair => all == 0 ? 0 : consensus._groupWeights[(int)pair.Second] / consensus._groups.Count(group => group == pair.Second) / all);
    }
}
