using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>Friedman's boosting: residuals, an exact regression tree on them, one Newton step per leaf.</summary>
internal static class ExactBoosting
{
    public static BoostedTrees Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, GradientBoostingOptions options)
    {
        int rowCount = Shape.RowCount(rows, featureCount);
        BoostingTrainer.CheckLabels(options.Objective, labels, rowCount);
        foreach (float value in rows)
            if (float.IsNaN(value)) throw new ArgumentException("Classic gradient boosting takes no missing values.", nameof(rows));
        double baseScore = Objectives.BaseScore(options.Objective, labels);
        float[] targets = labels.ToArray();
        double[] scores = new double[rowCount];
        double[] residuals = new double[rowCount];
        double[] hessians = new double[rowCount];
        bool[] inSample = new bool[rowCount];
        double[] gains = new double[featureCount];
        Array.Fill(scores, baseScore);
        var grower = new ExactTreeGrower(rows, featureCount, options);
        var trees = new DecisionTree[options.Rounds];
        for (int round = 0; round < trees.Length; round++)
        {
            Derive(options.Objective, scores, targets, residuals, hessians);
            DrawRows(options, round, inSample);
            trees[round] = grower.Grow(residuals, hessians, inSample, scores, gains);
        }
        return new BoostedTrees(TreeEnsemble.Pack(trees, featureCount, baseScore), options.Objective, BoostedTrees.Normalize(gains));
    }

    private static void Derive(BoostingObjective objective, double[] scores, float[] labels, double[] residuals, double[] hessians)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            double prediction = objective == BoostingObjective.Logistic ? 1 / (1 + Math.Exp(-scores[row])) : scores[row];
            residuals[row] = labels[row] - prediction;
            hessians[row] = objective == BoostingObjective.Logistic ? prediction * (1 - prediction) : 1;
        }
    }

    private static void DrawRows(GradientBoostingOptions options, int round, bool[] inSample)
    {
        var random = SeededRandom.Fork(options.Seed, round);
        int needed = Math.Max(1, (int)(options.RowFraction * inSample.Length));
        for (int row = 0; row < inSample.Length; row++)
        {
            inSample[row] = needed == inSample.Length || random.Next(inSample.Length - row) < needed;
            if (inSample[row] && needed < inSample.Length) needed--;
        }
    }
}
