using Vedette.ML.Binning;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Second-order boosting on binned rows: what the level-wise and the leaf-wise booster share.</summary>
internal sealed class BoostingTrainer
{
    private readonly BoostingPlan _plan;
    private readonly BinnedRows _table;
    private readonly float[] _labels;
    private readonly float[] _validationLabels;
    private readonly float[] _scores;
    private readonly double _baseScore;

    private BoostingTrainer(BoostingPlan plan, BinnedRows table, float[] labels, float[] validationLabels)
    {
        (_plan, _table, _labels, _validationLabels) = (plan, table, labels, validationLabels);
        _baseScore = Objectives.BaseScore(plan.Objective, labels);
        _scores = new float[table.RowCount];
        Array.Fill(_scores, (float)_baseScore);
    }

    /// <summary>Fits; validation rows, if there are any, decide how many rounds are kept.</summary>
    public static BoostedTrees Fit(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, BoostingPlan plan,
        ReadOnlySpan<float> validationRows, ReadOnlySpan<float> validationLabels)
    {
        CheckLabels(plan.Objective, labels, Shape.RowCount(rows, featureCount));
        CheckLabels(plan.Objective, validationLabels, Shape.RowCount(validationRows, featureCount, 0));
        if (labels.Length + validationLabels.Length > FixedPointGradients.MostRows)
            throw new ArgumentException($"{labels.Length} rows are more than the {FixedPointGradients.MostRows} that boosting takes.", nameof(rows));
        var table = BinnedRows.Map(rows, validationRows, featureCount, plan.MaxBins, plan.MaxThreads);
        return new BoostingTrainer(plan, table, labels.ToArray(), validationLabels.ToArray()).Run();
    }

    internal static void CheckLabels(BoostingObjective objective, ReadOnlySpan<float> labels, int rowCount)
    {
        if (objective == BoostingObjective.Logistic) Shape.CheckBinaryLabels(labels, rowCount);
        if (labels.Length != rowCount) throw new ArgumentException($"{labels.Length} labels do not fit {rowCount} rows.", nameof(labels));
        foreach (float label in labels)
            if (!float.IsFinite(label)) throw new ArgumentException($"A label is {label}.", nameof(labels));
    }

    private BoostedTrees Run()
    {
        float[] gradients = new float[_labels.Length];
        float[] hessians = new float[_labels.Length];
        var pairs = new FixedPointGradients(_table.RowCount);
        var sampler = new RowSampler(_labels.Length, _table.RowCount, _plan);
        var grower = new HistogramTreeGrower(_table, _plan.Limits, _plan.MaxThreads);
        var trees = new List<DecisionTree>();
        double[] gains = new double[_table.FeatureCount];
        double bestLoss = ValidationLoss();
        int bestRound = 0;
        for (int round = 0; round < _plan.Rounds; round++)
        {
            var random = SeededRandom.Fork(_plan.Seed, round);
            Objectives.Derive(_plan.Objective, _scores, _labels, gradients, hessians);
            WeighPositives(gradients, hessians);
            var (chosen, others) = sampler.Draw(round, gradients, hessians, ref random);
            pairs.Set(chosen, gradients, hessians);
            trees.Add(grower.Grow(pairs, chosen, others, DrawFeatures(ref random), _scores, gains));
            if (_validationLabels.Length == 0) continue;
            double loss = ValidationLoss();
            if (loss < bestLoss) (bestLoss, bestRound) = (loss, round + 1);
            else if (round + 1 - bestRound >= _plan.EarlyStoppingRounds) break;
        }
        if (_validationLabels.Length > 0) trees.RemoveRange(bestRound, trees.Count - bestRound);
        return new BoostedTrees(TreeEnsemble.Pack(trees, _table.FeatureCount, _baseScore), _plan.Objective, BoostedTrees.Normalize(gains));
    }

    private double ValidationLoss() =>
        _validationLabels.Length == 0 ? 0 : Objectives.Loss(_plan.Objective, _scores.AsSpan(_labels.Length), _validationLabels);

    private void WeighPositives(float[] gradients, float[] hessians)
    {
        if (_plan.PositiveWeight == 1) return;
        float weight = (float)_plan.PositiveWeight;
        for (int row = 0; row < _labels.Length; row++)
        {
            if (_labels[row] != 1) continue;
            gradients[row] *= weight;
            hessians[row] *= weight;
        }
    }

    private int[] DrawFeatures(ref SeededRandom random)
    {
        int[] features = Enumerable.Range(0, _table.FeatureCount).ToArray();
        if (_plan.ColumnFraction >= 1) return features;
        random.Shuffle(features.AsSpan());
        int[] drawn = features[..Math.Max(1, (int)Math.Round(_plan.ColumnFraction * features.Length))];
        Array.Sort(drawn);
        return drawn;
    }
}
