using Vedette.ML.Binning;

namespace Vedette.ML.Boosting;

/// <summary>Gradients and hessians as pairs of fixed-point numbers, scaled so that no sum of them overflows.</summary>
/// <remarks>
/// The scale is a power of two chosen from the sum of the magnitudes, which bounds every partial sum: a leaf's sums are then exact to about
/// 2⁻³⁰ of the table's, far below what a split decides on.
/// </remarks>
internal sealed class FixedPointGradients(int rowCount)
{
    /// <summary>Largest table: rounding adds up to half a unit per row, and this many halves still leave room.</summary>
    public const int MostRows = 1 << 26;

    private const double Range = 1 << 30;

    /// <summary>One pair per row of the table: gradient high, hessian low.</summary>
    public long[] Pairs { get; } = new long[rowCount];

    public double GradientUnit { get; private set; } = 1;

    public double HessianUnit { get; private set; } = 1;

    /// <summary>Sets the pairs of <paramref name="rows"/>.</summary>
    public void Set(ReadOnlySpan<int> rows, float[] gradients, float[] hessians)
    {
        double gradientSum = 0, hessianSum = 0;
        foreach (int row in rows)
        {
            gradientSum += Math.Abs(gradients[row]);
            hessianSum += hessians[row];
        }
        double gradientScale = Scale(gradientSum), hessianScale = Scale(hessianSum);
        (GradientUnit, HessianUnit) = (1 / gradientScale, 1 / hessianScale);
        float gradientFactor = (float)gradientScale, hessianFactor = (float)hessianScale;
        foreach (int row in rows)
            Pairs[row] = Histogram.Pack((int)MathF.Round(gradients[row] * gradientFactor), (uint)(int)MathF.Round(hessians[row] * hessianFactor));
    }

    public long Sum(ReadOnlySpan<int> rows)
    {
        long sum = 0;
        foreach (int row in rows) sum += Pairs[row];
        return sum;
    }

    private static double Scale(double sum) => sum > 0 ? Math.ScaleB(1, Math.Min(100, (int)Math.Floor(Math.Log2(Range / sum)))) : 1;
}
