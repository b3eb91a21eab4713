namespace Vedette.ML.OneClass;

/// <summary>How γ of the radial kernel follows from the rows.</summary>
public enum GammaRule
{
    /// <summary>1 / (features · variance of all values).</summary>
    Scale,

    /// <summary>1 / features: for columns that are scaled already.</summary>
    Auto,
}

/// <summary>Finds γ.</summary>
internal static class Gammas
{
    public static double Choose(double? given, GammaRule rule, ReadOnlySpan<float> rows, int featureCount)
    {
        if (given is { } gamma) return gamma;
        if (rule == GammaRule.Auto) return 1.0 / featureCount;
        double sum = 0, squares = 0;
        foreach (float value in rows) sum += value;
        double mean = sum / rows.Length;
        foreach (float value in rows) squares += (value - mean) * (value - mean);
        double variance = squares / rows.Length;
        return variance > 0 ? 1 / (featureCount * variance) : 1;
    }
}
