using System.Numerics;
using System.Runtime.InteropServices;

namespace Vedette.ML.Clustering;

/// <summary>Squared Euclidean distance of two rows.</summary>
internal static class SquaredDistance
{
    public static float Between(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            var difference = wideA[i] - wideB[i];
            sums += difference * difference;
        }
        float sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<float>.Count; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Throws if a value is NaN or infinite: it would have no distance.</summary>
    public static void CheckFinite(ReadOnlySpan<float> rows, int featureCount)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (!float.IsFinite(rows[i]))
                throw new ArgumentException($"Row {i / featureCount} has the value {rows[i]} in column {i % featureCount}; values must be finite.", nameof(rows));
        }
    }
}
