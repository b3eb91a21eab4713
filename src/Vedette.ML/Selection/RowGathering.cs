namespace Vedette.ML.Selection;

/// <summary>Copies chosen rows and columns of a flat table.</summary>
public static class RowGathering
{
    /// <summary>The rows numbered <paramref name="indices"/>, in that order, row-major.</summary>
    public static float[] Rows(ReadOnlySpan<float> rows, int featureCount, ReadOnlySpan<int> indices)
    {
        float[] chosen = new float[indices.Length * featureCount];
        for (int i = 0; i < indices.Length; i++) rows.Slice(indices[i] * featureCount, featureCount).CopyTo(chosen.AsSpan(i * featureCount));
        return chosen;
    }

    /// <summary>The columns numbered <paramref name="columns"/> of every row, in that order, row-major.</summary>
    public static float[] Columns(ReadOnlySpan<float> rows, int featureCount, ReadOnlySpan<int> columns)
    {
        int count = Shape.RowCount(rows, featureCount, minimum: 0);
        float[] chosen = new float[count * columns.Length];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < columns.Length; i++) chosen[row * columns.Length + i] = rows[row * featureCount + columns[i]];
        }
        return chosen;
    }
}
