using Vedette.ML.Binning;

namespace Vedette.ML.Boosting;

/// <summary>Checks of the options that the boosters have in common.</summary>
internal static class BoosterProblems
{
    public static IEnumerable<string> Of(
        BoostingObjective objective, int rounds, double learningRate, double l1, double l2, double minChildWeight, double minGain)
    {
        if (!Enum.IsDefined(objective)) yield return $"Objective is {objective}, which is none.";
        if (rounds is < 1 or > 100_000) yield return $"Rounds is {rounds}; it must be 1 to 100000.";
        if (!(learningRate is > 0 and <= 1)) yield return $"LearningRate is {learningRate}; it must be above 0 and at most 1.";
        if (!(l1 >= 0 && double.IsFinite(l1))) yield return $"L1 is {l1}; it must not be negative.";
        if (!(l2 >= 0 && double.IsFinite(l2))) yield return $"L2 is {l2}; it must not be negative.";
        if (!(minChildWeight >= 0)) yield return $"MinChildWeight is {minChildWeight}; it must not be negative.";
        if (!(minGain >= 0)) yield return $"MinGain is {minGain}; it must not be negative.";
    }

    public static IEnumerable<string> OfSampling(
        double rowFraction, double columnFraction, double positiveWeight, int maxBins, int earlyStoppingRounds, int maxThreads)
    {
        if (!(rowFraction is > 0 and <= 1)) yield return $"RowFraction is {rowFraction}; it must be above 0 and at most 1.";
        if (!(columnFraction is > 0 and <= 1)) yield return $"ColumnFraction is {columnFraction}; it must be above 0 and at most 1.";
        if (!(positiveWeight > 0 && double.IsFinite(positiveWeight))) yield return $"PositiveWeight is {positiveWeight}; it must be positive.";
        if (maxBins is < 2 or > BinMapper.MostBins) yield return $"MaxBins is {maxBins}; it must be 2 to {BinMapper.MostBins}.";
        if (earlyStoppingRounds < 1) yield return $"EarlyStoppingRounds is {earlyStoppingRounds}; it must be positive.";
        if (maxThreads < 0) yield return $"MaxThreads is {maxThreads}; it must not be negative.";
    }
}
