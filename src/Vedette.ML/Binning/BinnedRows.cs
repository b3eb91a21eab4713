namespace Vedette.ML.Binning;

/// <summary>A table as bins, kept twice: by row to fill all features' histograms at once, by column to divide rows at a split.</summary>
internal sealed class BinnedRows
{
    private BinnedRows(BinMapper mapper, byte[] byRow, byte[] byColumn, int rowCount, int featureCount) =>
        (Mapper, ByRow, ByColumn, RowCount, FeatureCount) = (mapper, byRow, byColumn, rowCount, featureCount);

    public BinMapper Mapper { get; }

    /// <summary>Shape (rows, features).</summary>
    public byte[] ByRow { get; }

    /// <summary>Shape (features, rows).</summary>
    public byte[] ByColumn { get; }

    public int RowCount { get; }

    public int FeatureCount { get; }

    /// <summary>Bins <paramref name="rows"/>, and <paramref name="further"/> rows behind them, by boundaries found on the former alone.</summary>
    public static BinnedRows Map(ReadOnlySpan<float> rows, ReadOnlySpan<float> further, int featureCount, int maxBins, int maxThreads)
    {
        var mapper = BinMapper.Fit(rows, featureCount, maxBins, maxThreads);
        int first = rows.Length / featureCount;
        int rowCount = first + further.Length / featureCount;
        byte[] byColumn = new byte[checked(rowCount * featureCount)];
        MapColumns(mapper, rows, featureCount, byColumn, rowCount, 0, maxThreads);
        MapColumns(mapper, further, featureCount, byColumn, rowCount, first, maxThreads);
        byte[] byRow = new byte[byColumn.Length];
        for (int row = 0; row < rowCount; row++)
            for (int feature = 0; feature < featureCount; feature++) byRow[row * featureCount + feature] = byColumn[feature * rowCount + row];
        return new BinnedRows(mapper, byRow, byColumn, rowCount, featureCount);
    }

    private static unsafe void MapColumns(
        BinMapper mapper, ReadOnlySpan<float> rows, int featureCount, byte[] byColumn, int rowCount, int offset, int maxThreads)
    {
        int count = rows.Length / featureCount;
        if (count == 0) return;
        fixed (float* pinned = rows)
        {
            float* start = pinned;
            Workers.For(featureCount, maxThreads, feature =>
                mapper.MapColumn(start + feature, featureCount, feature, byColumn.AsSpan(feature * rowCount + offset, count)));
        }
    }
}
