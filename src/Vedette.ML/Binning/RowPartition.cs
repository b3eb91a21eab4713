namespace Vedette.ML.Binning;

/// <summary>Divides lists of row numbers at a split, keeping their order on either side.</summary>
internal static class RowPartition
{
    /// <summary>Moves the rows whose bin is at most <paramref name="bin"/> to the front and returns how many they are.</summary>
    /// <param name="rows">Row numbers, reordered.</param>
    /// <param name="column">The bin of every row of the table.</param>
    /// <param name="bin">Last bin that goes left; not that of missing values.</param>
    /// <param name="missingLeft">Where missing values go.</param>
    /// <param name="scratch">At least as long as <paramref name="rows"/>.</param>
    public static unsafe int Divide(Span<int> rows, ReadOnlySpan<byte> column, byte bin, bool missingLeft, int[] scratch)
    {
        // Adding one makes the missing bin, 255, the lowest of all.
        int shift = missingLeft ? 1 : 0;
        int limit = bin + shift;
        int left = 0, right = 0;
        // Both stores are made for every row and only the counters differ: no branch to mispredict. Neither counter passes the row number.
        fixed (int* source = rows)
        fixed (byte* bins = column)
        fixed (int* other = scratch)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int row = source[i];
                int goesLeft = (byte)(bins[row] + shift) <= limit ? 1 : 0;
                source[left] = row;
                other[right] = row;
                left += goesLeft;
                right += 1 - goesLeft;
            }
        }
        scratch.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }
}
