namespace Vedette.ML;

/// <summary>Checks of the shapes of flat row-major arrays, with the values in the message.</summary>
internal static class Shape
{
    /// <summary>Number of rows in <paramref name="rows"/>; throws if it is not a whole number of at least <paramref name="minimum"/>.</summary>
    public static int RowCount(ReadOnlySpan<float> rows, int featureCount, int minimum = 1)
    {
        if (featureCount < 1) throw new ArgumentOutOfRangeException(nameof(featureCount), featureCount, "A row has at least one feature.");
        if (rows.Length % featureCount != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {featureCount} features.", nameof(rows));
        int count = rows.Length / featureCount;
        if (count < minimum) throw new ArgumentException($"{count} rows are too few; at least {minimum} are needed.", nameof(rows));
        return count;
    }

    /// <summary>Throws unless <paramref name="rows"/> holds one row of <paramref name="featureCount"/> values for each of <paramref name="results"/>.</summary>
    public static void CheckResults(ReadOnlySpan<float> rows, int featureCount, ReadOnlySpan<float> results)
    {
        if ((long)results.Length * featureCount != rows.Length)
            throw new ArgumentException($"{rows.Length} values are not {results.Length} rows of {featureCount} features.", nameof(rows));
    }

    /// <summary>Throws unless there is one label, 0 or 1, per row.</summary>
    public static void CheckBinaryLabels(ReadOnlySpan<float> labels, int rowCount)
    {
        if (labels.Length != rowCount) throw new ArgumentException($"{labels.Length} labels do not fit {rowCount} rows.", nameof(labels));
        foreach (float label in labels)
            if (label is not (0f or 1f)) throw new ArgumentException($"A label is {label}; labels are 0 and 1.", nameof(labels));
    }

    /// <summary>Throws if a value is missing (NaN) or infinite: distances and moments have no meaning then.</summary>
    public static void CheckFinite(ReadOnlySpan<float> rows, int featureCount)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (!float.IsFinite(rows[i]))
                throw new ArgumentException($"Row {i / featureCount}, feature {i % featureCount} is {rows[i]}; every value must be finite.", nameof(rows));
        }
    }
}
