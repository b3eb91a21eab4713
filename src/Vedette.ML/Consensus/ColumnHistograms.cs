using Vedette.ML.Files;

namespace Vedette.ML.Consensus;

/// <summary>How rare a row's values are, column by column: the sum of −ln of the height of each value's bin beside the column's highest.</summary>
/// <remarks>M. Goldstein, A. Dengel, "Histogram-based Outlier Score (HBOS)", KI 2012, with bins of equal width.</remarks>
internal sealed class ColumnHistograms : IOutlierModel
{
    internal const string Kind = "column_histograms/1";
    private const int BinCount = 10;
    private const double EmptyHeight = 1e-3;

    private readonly float[] _lows;
    private readonly float[] _binsPerUnit;
    private readonly float[] _rarity;

    private ColumnHistograms(float[] lows, float[] binsPerUnit, float[] rarity) => (_lows, _binsPerUnit, _rarity) = (lows, binsPerUnit, rarity);

    public int FeatureCount => _lows.Length;

    /// <summary>Counts the values. Rows are whole, finite and at least one.</summary>
    public static ColumnHistograms Fit(ReadOnlySpan<float> rows, int featureCount)
    {
        float[] lows = new float[featureCount];
        float[] highs = new float[featureCount];
        rows[..featureCount].CopyTo(lows);
        rows[..featureCount].CopyTo(highs);
        for (int i = 0; i < rows.Length; i++)
        {
            int feature = i % featureCount;
            lows[feature] = Math.Min(lows[feature], rows[i]);
            highs[feature] = Math.Max(highs[feature], rows[i]);
        }
        float[] binsPerUnit = new float[featureCount];
        for (int feature = 0; feature < featureCount; feature++)
            if (highs[feature] > lows[feature]) binsPerUnit[feature] = BinCount / (highs[feature] - lows[feature]);
        int[] counts = new int[featureCount * BinCount];
        var histograms = new ColumnHistograms(lows, binsPerUnit, new float[featureCount * BinCount]);
        for (int i = 0; i < rows.Length; i++) counts[histograms.Bin(i % featureCount, rows[i])]++;
        for (int feature = 0; feature < featureCount; feature++)
        {
            var column = counts.AsSpan(feature * BinCount, BinCount);
            int highest = column[0];
            foreach (int count in column) highest = Math.Max(highest, count);
            for (int bin = 0; bin < BinCount; bin++) histograms._rarity[feature * BinCount + bin] = (float)-Math.Log((double)column[bin] / highest + EmptyHeight);
        }
        return histograms;
    }

    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        for (int row = 0; row < scores.Length; row++)
        {
            double sum = 0;
            for (int feature = 0; feature < _lows.Length; feature++)
            {
                int bin = Bin(feature, rows[row * _lows.Length + feature]);
                sum += bin < 0 ? -Math.Log(EmptyHeight) : _rarity[bin];
            }
            scores[row] = (float)sum;
        }
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write<float>(_lows);
        writer.Write<float>(_binsPerUnit);
        writer.Write<float>(_rarity);
    });

    public static ColumnHistograms Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        float[] lows = reader.ReadArray<float>();
        if (lows.Length is 0 or > int.MaxValue / BinCount) throw new InvalidDataException($"The model file holds {lows.Length} histograms.");
        return new ColumnHistograms(lows, reader.ReadArray<float>(lows.Length), reader.ReadArray<float>(lows.Length * BinCount));
    });

    /// <summary>Number of the value's bin among those of all columns; −1 outside the range seen. A constant column has one bin, in which everything lies.</summary>
    private int Bin(int feature, float value)
    {
        float position = (value - _lows[feature]) * _binsPerUnit[feature];
        // The largest value seen belongs to the last bin; rounding may put it a little beyond.
        if (position is < 0 or > BinCount * 1.00001f) return -1;
        return feature * BinCount + Math.Min((int)position, BinCount - 1);
    }
}
