namespace Vedette.Cli.Tables;

/// <summary>One feature's part in a row's score.</summary>
/// <param name="Feature">Name of the column.</param>
/// <param name="Value">The row's value; NaN if missing.</param>
/// <param name="Baseline">The column's median.</param>
/// <param name="Contribution">The feature's share, 0 to 1, of how far the score falls as features are replaced, one at a time, by their median.</param>
internal readonly record struct OutlierDriver(string Feature, float Value, float Baseline, float Contribution);

/// <summary>Explains scores of any detector by what would change them.</summary>
internal static class OutlierDrivers
{
    private const int MaxDrivers = 3;

    /// <summary>The features that did most for the score of row <paramref name="row"/>, strongest first; none that lowered it.</summary>
    public static OutlierDriver[] Explain(NumericTable table, DetectorResult result, float[] medians, int row)
    {
        int features = table.Features.Length;
        var values = table.Rows.AsSpan(row * features, features);
        // The row as it is comes first: it is scored as a new row here, which can differ from its score among the fitted rows.
        float[] variants = new float[(features + 1) * features];
        for (int i = 0; i <= features; i++) values.CopyTo(variants.AsSpan(i * features));
        for (int i = 0; i < features; i++) variants[(i + 1) * features + i] = medians[i];
        float[] scores = result.Explain(variants);
        double total = Enumerable.Range(1, features).Sum(i => Math.Max(0.0, scores[0] - scores[i]));
        return
        [
            .. Enumerable.Range(0, features)
                .Where(i => scores[0] > scores[i + 1])
                .Select(i => new OutlierDriver(table.Features[i], table.Rows[row * features + i], medians[i], (float)((scores[0] - scores[i + 1]) / total)))
                .OrderByDescending(driver => driver.Contribution)
                .Take(MaxDrivers),
        ];
    }
}
