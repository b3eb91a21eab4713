using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vedette.ML.Clustering;

/// <summary>Centers laid out so that a row is compared with eight of them at once: per eight, the first column of each, then the second, and so on.</summary>
internal sealed class CenterTable
{
    private const int Lanes = 8;

    private readonly float[] _values;
    private readonly int _width;

    /// <param name="centers">Row-major, <paramref name="width"/> values each.</param>
    /// <param name="width">Number of columns.</param>
    public CenterTable(ReadOnlySpan<float> centers, int width)
    {
        _width = width;
        int count = centers.Length / width;
        _values = new float[(count + Lanes - 1) / Lanes * Lanes * width];
        // A center at infinity, which fills up the last eight, is nearest to nothing.
        Array.Fill(_values, float.PositiveInfinity);
        for (int center = 0; center < count; center++)
            for (int column = 0; column < width; column++)
                _values[(center / Lanes * width + column) * Lanes + center % Lanes] = centers[center * width + column];
    }

    /// <summary>Index of the center nearest to <paramref name="row"/>, the first of those equally near; -1 if no distance is a finite number.</summary>
    /// <param name="row">One row.</param>
    /// <param name="distance">Squared distance to the center; infinite if there is none.</param>
    public int Nearest(ReadOnlySpan<float> row, out float distance)
    {
        int best = -1;
        distance = float.PositiveInfinity;
        var table = MemoryMarshal.Cast<float, Vector256<float>>(_values);
        for (int start = 0; start < table.Length; start += _width)
        {
            var eight = table.Slice(start, _width);
            var sums = Vector256<float>.Zero;
            for (int column = 0; column < eight.Length; column++)
            {
                var difference = Vector256.Create(row[column]) - eight[column];
                sums += difference * difference;
            }
            uint nearer = Vector256.LessThan(sums, Vector256.Create(distance)).ExtractMostSignificantBits();
            for (; nearer != 0; nearer &= nearer - 1)
            {
                int lane = BitOperations.TrailingZeroCount(nearer);
                if (sums[lane] < distance) (distance, best) = (sums[lane], start / _width * Lanes + lane);
            }
        }
        return best;
    }

    /// <summary>What <see cref="Nearest"/> means, written plainly. Tests compare the two.</summary>
    internal static int NearestReference(ReadOnlySpan<float> row, ReadOnlySpan<float> centers, out float distance)
    {
        int best = -1;
        distance = float.PositiveInfinity;
        for (int center = 0; center * row.Length < centers.Length; center++)
        {
            float sum = 0;
            for (int column = 0; column < row.Length; column++)
            {
                float difference = row[column] - centers[center * row.Length + column];
                sum += difference * difference;
            }
            if (sum < distance) (distance, best) = (sum, center);
        }
        return best;
    }
}
