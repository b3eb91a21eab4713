namespace Vedette.ML.Boosting;

/// <summary>When a boosted tree stops growing, and what its leaves are worth.</summary>
internal readonly record struct GrowthLimits
{
    public int MaxDepth { get; init; }

    public int MaxLeaves { get; init; }

    public double L1 { get; init; }

    public double L2 { get; init; }

    /// <summary>Least sum of hessians in a leaf.</summary>
    public double MinChildWeight { get; init; }

    /// <summary>Least number of rows in a leaf, estimated from the hessians while a split is searched.</summary>
    public int MinRows { get; init; }

    /// <summary>Gain that a split must exceed.</summary>
    public double MinGain { get; init; }

    public double LearningRate { get; init; }

    /// <summary>Optimal output of a leaf for a sum of gradients and one of hessians (equation 5 of Chen and Guestrin, with L1).</summary>
    public double Output(double gradient, double hessian)
    {
        double denominator = hessian + L2;
        return denominator > 0 ? -Shrink(gradient) / denominator * LearningRate : 0;
    }

    /// <summary>Soft threshold of a gradient sum.</summary>
    public double Shrink(double gradient) => L1 == 0 ? gradient : Math.Sign(gradient) * Math.Max(0, Math.Abs(gradient) - L1);
}
