using Vedette.ML.Binning;

namespace Vedette.ML.Tests.Binning;

public class BinningTests
{
    [Fact]
    public void BinIsTheNumberOfEdgesAtOrBelowTheValue()
    {
        var random = new SeededRandom(1);
        float[] rows = new float[3 * 4000];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (i % 3) switch { 0 => (float)random.NextGaussian(), 1 => random.Next(7), _ => random.Next(50) == 0 ? float.NaN : random.Next(3) == 0 ? 0 : random.NextSingle() };
        rows[0] = float.PositiveInfinity;
        rows[3] = float.NegativeInfinity;

        var table = BinnedRows.Map(rows, [], 3, 255, 1);

        for (int i = 0; i < rows.Length; i++)
        {
            int feature = i % 3, row = i / 3, bin = table.ByRow[i];
            Assert.Equal(bin, table.ByColumn[feature * 4000 + row]);
            if (float.IsNaN(rows[i]))
            {
                Assert.Equal(BinMapper.MissingBin, bin);
                continue;
            }
            if (bin > 0) Assert.True(rows[i] >= table.Mapper.Edge(feature, bin - 1));
            if (bin < table.Mapper.BinCount(feature) - 1) Assert.True(rows[i] < table.Mapper.Edge(feature, bin));
        }
        Assert.Equal(7, table.Mapper.BinCount(1));
        Assert.InRange(table.Mapper.BinCount(0), 250, 255);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(255)]
    public void BinsHoldAboutAsManyRowsEach(int maxBins)
    {
        var random = new SeededRandom(2);
        float[] rows = new float[20_000];
        foreach (ref float value in rows.AsSpan()) value = (float)random.NextGaussian();

        var table = BinnedRows.Map(rows, [], 1, maxBins, 1);

        int[] counts = new int[256];
        foreach (byte bin in table.ByRow) counts[bin]++;
        Assert.Equal(maxBins, table.Mapper.BinCount(0));
        Assert.All(counts.Take(maxBins), count => Assert.InRange(count, 0.7 * rows.Length / maxBins, 1.5 * rows.Length / maxBins));
    }

    [Fact]
    public void FastAndPlainHistogramsAgree()
    {
        var (rows, _) = TestRows.Blobs(500, 7, 3);
        var table = BinnedRows.Map(rows, [], 7, 255, 1);
        var random = new SeededRandom(4);
        long[] pairs = [.. Enumerable.Range(0, 500).Select(_ => Histogram.Pack(random.Next(2000) - 1000, (uint)random.Next(1000)))];
        int[] chosen = [.. Enumerable.Range(0, 500).Where(row => row % 3 != 0)];
        long[] fast = new long[7 * BinMapper.Stride];
        long[] plain = new long[7 * BinMapper.Stride];

        Histogram.Add(table, chosen, pairs, fast, 1, 7);
        Histogram.AddReference(table, chosen, pairs, plain, 1, 7);

        Assert.Equal(plain, fast);
        Assert.NotEqual(0, fast.Sum());
    }

    [Fact]
    public void PackedPairsAddUpHalfByHalf()
    {
        long sum = Histogram.Pack(-5, 7) + Histogram.Pack(3, 1) + Histogram.Pack(-1, 0) - Histogram.Pack(-2, 4);

        Assert.Equal(-1, Histogram.High(sum));
        Assert.Equal(4u, Histogram.Low(sum));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PartitionKeepsTheOrderOnBothSides(bool missingLeft)
    {
        var random = new SeededRandom(5);
        byte[] column = new byte[300];
        foreach (ref byte bin in column.AsSpan()) bin = random.Next(5) == 0 ? BinMapper.MissingBin : (byte)random.Next(250);
        int[] rows = [.. Enumerable.Range(0, 300).Where(row => row % 4 != 1)];
        int[] left = [.. rows.Where(row => column[row] <= 99 || (missingLeft && column[row] == BinMapper.MissingBin))];
        int[] right = [.. rows.Except(left)];

        int middle = RowPartition.Divide(rows, column, 99, missingLeft, new int[300]);

        Assert.Equal(left, rows[..middle]);
        Assert.Equal(right, rows[middle..]);
    }
}
