using Vedette.Engine.Detection;

namespace Vedette.Engine.Learning;

/// <summary>Says which features made a window unusual, and against what.</summary>
internal static class WindowExplanation
{
    private const int MaxDrivers = 5;

    /// <summary>The features that made a window strange, the weightiest first: by the isolation forest's path lengths, or by distance from the mean without one.</summary>
    /// <param name="models">The models that judged it.</param>
    /// <param name="row">The features.</param>
    /// <param name="scaled">The same as the models see them.</param>
    /// <param name="centers">The middle of each column in this traffic, after the logarithm.</param>
    public static Driver[] DriversOf(ModelSet models, ReadOnlySpan<float> row, ReadOnlySpan<float> scaled, ReadOnlySpan<float> centers)
    {
        double[] contributions = new double[row.Length];
        if (models.Parts.WindowModels.FirstOrDefault(static model => model.Outlier is ML.Isolation.IsolationForest) is { } forest)
            Contribute(forest, scaled, contributions);
        else
            for (int i = 0; i < scaled.Length; i++) contributions[i] = Math.Abs(scaled[i]);
        double all = contributions.Where(static c => c > 0).Sum();
        int[] order = [.. Enumerable.Range(0, contributions.Length).Where(i => contributions[i] > 0).OrderByDescending(i => contributions[i]).ThenBy(static i => i).Take(MaxDrivers)];
        var drivers = new Driver[order.Length];
        for (int i = 0; i < order.Length; i++)
            drivers[i] = new Driver(WindowFeatures.All[order[i]].Name, Math.Round(row[order[i]], 3), Math.Round(UsualOf(centers[order[i]]), 3), Math.Round(contributions[order[i]] / all, 3));
        return drivers;
    }

    /// <summary>The drivers in words: <c>failed logins 40 (usually 0.1)</c>.</summary>
    public static string InWords(IEnumerable<Driver> drivers) =>
        string.Join(", ", drivers.Take(3).Select(static driver => $"{driver.Feature} {Phrase.Number(driver.Value, "0.###")} (usually {Phrase.Number(driver.Baseline, "0.###")})"));

    private static void Contribute(WindowModel forest, ReadOnlySpan<float> scaled, double[] contributions)
    {
        float[] row = new float[forest.Columns.Length];
        double[] parts = new double[row.Length];
        for (int i = 0; i < row.Length; i++) row[i] = scaled[forest.Columns[i]];
        ((ML.Isolation.IsolationForest)forest.Outlier!).Contributions(row, parts);
        for (int i = 0; i < row.Length; i++) contributions[forest.Columns[i]] = parts[i];
    }

    /// <summary>The value at the middle of the scale, back from the logarithm.</summary>
    private static double UsualOf(float center) => Math.CopySign(Math.Exp(Math.Abs(center)) - 1, center);
}
