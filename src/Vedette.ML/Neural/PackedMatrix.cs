namespace Vedette.ML.Neural;

/// <summary>The right-hand side of a product, cut into panels of 64 columns so that the inner loop reads it in order.</summary>
/// <remarks>
/// Panel p holds columns 64p to 64p + 63 of all rows, row by row; the last panel is padded with zeros. One instance may be packed again and
/// again: its buffer grows and is kept.
/// </remarks>
internal sealed class PackedMatrix
{
    public const int PanelWidth = 64;

    private float[] _values = [];

    public int Rows { get; private set; }

    public int Columns { get; private set; }

    public ReadOnlySpan<float> Values => _values.AsSpan(0, Rows * PanelCount(Columns) * PanelWidth);

    /// <summary>Packs <paramref name="matrix"/>, row-major of shape (rows, columns).</summary>
    public void Pack(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        Resize(rows, columns);
        int target = 0;
        for (int start = 0; start < columns; start += PanelWidth)
        {
            int width = Math.Min(PanelWidth, columns - start);
            for (int row = 0; row < rows; row++, target += PanelWidth)
            {
                matrix.Slice(row * columns + start, width).CopyTo(_values.AsSpan(target));
                if (width < PanelWidth) _values.AsSpan(target + width, PanelWidth - width).Clear();
            }
        }
    }

    /// <summary>Packs the transpose of <paramref name="matrix"/>, which is row-major of shape (columns, rows).</summary>
    public void PackTransposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        Resize(rows, columns);
        for (int start = 0, panel = 0; start < columns; start += PanelWidth, panel += rows * PanelWidth)
        {
            int width = Math.Min(PanelWidth, columns - start);
            Span<float> target = _values.AsSpan(panel, rows * PanelWidth);
            if (width < PanelWidth) target.Clear();
            for (int column = 0; column < width; column++)
            {
                ReadOnlySpan<float> source = matrix.Slice((start + column) * rows, rows);
                for (int row = 0; row < source.Length; row++) target[row * PanelWidth + column] = source[row];
            }
        }
    }

    private void Resize(int rows, int columns)
    {
        int needed = checked(rows * PanelCount(columns) * PanelWidth);
        if (_values.Length < needed) _values = GC.AllocateUninitializedArray<float>(needed);
        Rows = rows;
        Columns = columns;
    }

    private static int PanelCount(int columns) => (columns + PanelWidth - 1) / PanelWidth;
}
