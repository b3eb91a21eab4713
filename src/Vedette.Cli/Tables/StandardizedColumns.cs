namespace Vedette.Cli.Tables;

/// <summary>Brings every column to mean 0 and deviation 1 for detectors that compare distances; a missing value becomes the median, a constant column 0.</summary>
internal sealed class StandardizedColumns
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    private StandardizedColumns(float[] medians, double[] means, double[] deviations) => (Medians, _means, _deviations) = (medians, means, deviations);

    /// <summary>The median of each column, in its own units.</summary>
    public float[] Medians { get; }

    public static StandardizedColumns Fit(float[] rows, int features)
    {
        float[] medians = new float[features];
        double[] means = new double[features];
        double[] deviations = new double[features];
        float[] column = new float[rows.Length / features];
        for (int feature = 0; feature < features; feature++)
        {
            int known = 0;
            for (int i = feature; i < rows.Length; i += features)
                if (!float.IsNaN(rows[i])) column[known++] = rows[i];
            var values = column.AsSpan(0, known);
            values.Sort();
            if (known > 0) medians[feature] = values[known / 2];
            values = column;
            values[known..].Fill(medians[feature]);
            double sum = 0, squares = 0;
            foreach (float value in values) sum += value;
            means[feature] = sum / values.Length;
            foreach (float value in values) squares += (value - means[feature]) * (value - means[feature]);
            deviations[feature] = Math.Sqrt(squares / values.Length);
        }
        return new StandardizedColumns(medians, means, deviations);
    }

    public float[] Apply(ReadOnlySpan<float> rows)
    {
        float[] scaled = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int feature = i % Medians.Length;
            float value = float.IsNaN(rows[i]) ? Medians[feature] : rows[i];
            double deviation = _deviations[feature];
            // Below this share of the mean a deviation is rounding.
            if (deviation > 1e-7 * Math.Abs(_means[feature]) && deviation > 0) scaled[i] = (float)((value - _means[feature]) / deviation);
        }
        return scaled;
    }
}
