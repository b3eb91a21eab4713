using System.Runtime.Intrinsics;

namespace Vedette.ML.Neural;

/// <summary>Products of single-precision matrices on one thread.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds in the order of the inner dimension, whatever the width of the machine's vectors and
/// wherever the tiles lie: the result equals <see cref="MultiplyReference"/> bit for bit.
/// </remarks>
internal static class Gemm
{
    private const int TileRows = 4;
    private const int PanelWidth = PackedMatrix.PanelWidth;
    private const int StripWidth = 16;

    /// <summary>Sets C = A·B.</summary>
    /// <param name="a">Row-major, shape (<paramref name="m"/>, rows of <paramref name="b"/>).</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="b">The packed right-hand side.</param>
    /// <param name="c">Row-major, shape (m, columns of B).</param>
    public static void Multiply(ReadOnlySpan<float> a, int m, PackedMatrix b, Span<float> c) =>
        Run(a, b.Rows, 1, m, b, c, add: false, Vector512.IsHardwareAccelerated);

    /// <summary>Adds A·B to C, shaped as in <see cref="Multiply"/>.</summary>
    public static void AddProduct(ReadOnlySpan<float> a, int m, PackedMatrix b, Span<float> c) =>
        Run(a, b.Rows, 1, m, b, c, add: true, Vector512.IsHardwareAccelerated);

    /// <summary>Adds Aᵀ·B to C, where A is row-major of shape (rows of B, m) and C of shape (m, columns of B).</summary>
    public static void AddTransposed(ReadOnlySpan<float> a, int m, PackedMatrix b, Span<float> c) =>
        Run(a, 1, m, m, b, c, add: true, Vector512.IsHardwareAccelerated);

    /// <summary>What the products mean, written plainly: C = A·B, or C + A·B, with A's strides given. Tests and benchmarks compare the two.</summary>
    internal static void MultiplyReference(
        ReadOnlySpan<float> a, int rowStride, int columnStride, int m, ReadOnlySpan<float> b, int k, int n, Span<float> c, bool add)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = add ? c[i * n + j] : 0;
                for (int p = 0; p < k; p++) sum = MathF.FusedMultiplyAdd(a[i * rowStride + p * columnStride], b[p * n + j], sum);
                c[i * n + j] = sum;
            }
        }
    }

    /// <summary>Walks C in tiles of 4 rows by one panel; a tile that hangs over the edge is computed in a buffer and its valid part copied.</summary>
    internal static unsafe void Run(
        ReadOnlySpan<float> a, int rowStride, int columnStride, int m, PackedMatrix b, Span<float> c, bool add, bool wide)
    {
        int n = b.Columns;
        if (m < 0 || (m > 0 && b.Rows > 0 && a.Length <= (m - 1) * rowStride + (b.Rows - 1) * columnStride) || c.Length < m * n)
            throw new ArgumentException($"{a.Length} and {c.Length} values do not fit a product of {m}×{b.Rows} and {b.Rows}×{n}.", nameof(a));
        float* edge = stackalloc float[TileRows * PanelWidth];
        // Pointers stay inside: A's last element was checked above, B's panels are whole, and a tile that overhangs C writes to the edge buffer.
        fixed (float* aStart = a, panels = b.Values, cStart = c)
        {
            for (int column = 0; column < n; column += PanelWidth)
            {
                float* panel = panels + (long)column * b.Rows;
                int width = Math.Min(PanelWidth, n - column);
                for (int row = 0; row < m; row += TileRows)
                {
                    var left = new LeftRows(aStart, rowStride, columnStride, row, m);
                    int height = Math.Min(TileRows, m - row);
                    float* target = cStart + (long)row * n + column;
                    if (height == TileRows && width == PanelWidth)
                    {
                        Tile(left, panel, b.Rows, target, n, PanelWidth, add, wide);
                        continue;
                    }
                    if (add) CopyTile(target, n, edge, PanelWidth, height, width);
                    Tile(left, panel, b.Rows, edge, PanelWidth, width, add, wide);
                    CopyTile(edge, PanelWidth, target, n, height, width);
                }
            }
        }
    }

    private static unsafe void Tile(in LeftRows a, float* panel, int k, float* c, int stride, int width, bool add, bool wide)
    {
        if (wide && width > 3 * StripWidth)
        {
            Tile4x64(a, panel, k, c, stride, add);
            return;
        }
        for (int strip = 0; strip < width; strip += StripWidth) Tile4x16(a, panel + strip, k, c + strip, stride, add);
    }

    private static unsafe void CopyTile(float* source, int sourceStride, float* target, int targetStride, int height, int width)
    {
        for (int row = 0; row < height; row++)
            new ReadOnlySpan<float>(source + row * sourceStride, width).CopyTo(new Span<float>(target + (long)row * targetStride, width));
    }

    private static unsafe void Tile4x64(in LeftRows a, float* b, int k, float* c, int stride, bool add)
    {
        float* a0 = a.Row0, a1 = a.Row1, a2 = a.Row2, a3 = a.Row3;
        int step = a.Step;
        float* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default, s33 = default;
        if (add)
        {
            (s00, s01, s02, s03) = (Vector512.Load(c), Vector512.Load(c + 16), Vector512.Load(c + 32), Vector512.Load(c + 48));
            (s10, s11, s12, s13) = (Vector512.Load(c1), Vector512.Load(c1 + 16), Vector512.Load(c1 + 32), Vector512.Load(c1 + 48));
            (s20, s21, s22, s23) = (Vector512.Load(c2), Vector512.Load(c2 + 16), Vector512.Load(c2 + 32), Vector512.Load(c2 + 48));
            (s30, s31, s32, s33) = (Vector512.Load(c3), Vector512.Load(c3 + 16), Vector512.Load(c3 + 32), Vector512.Load(c3 + 48));
        }
        for (int p = 0; p < k; p++)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            var b2 = Vector512.Load(b + 32);
            var b3 = Vector512.Load(b + 48);
            var left = Vector512.Create(*a0);
            s00 = Vector512.FusedMultiplyAdd(left, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(left, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(left, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(left, b3, s03);
            left = Vector512.Create(*a1);
            s10 = Vector512.FusedMultiplyAdd(left, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(left, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(left, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(left, b3, s13);
            left = Vector512.Create(*a2);
            s20 = Vector512.FusedMultiplyAdd(left, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(left, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(left, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(left, b3, s23);
            left = Vector512.Create(*a3);
            s30 = Vector512.FusedMultiplyAdd(left, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(left, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(left, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(left, b3, s33);
            a0 += step;
            a1 += step;
            a2 += step;
            a3 += step;
            b += PanelWidth;
        }
        s00.Store(c);
        s01.Store(c + 16);
        s02.Store(c + 32);
        s03.Store(c + 48);
        s10.Store(c1);
        s11.Store(c1 + 16);
        s12.Store(c1 + 32);
        s13.Store(c1 + 48);
        s20.Store(c2);
        s21.Store(c2 + 16);
        s22.Store(c2 + 32);
        s23.Store(c2 + 48);
        s30.Store(c3);
        s31.Store(c3 + 16);
        s32.Store(c3 + 32);
        s33.Store(c3 + 48);
    }

    private static unsafe void Tile4x16(in LeftRows a, float* b, int k, float* c, int stride, bool add)
    {
        float* a0 = a.Row0, a1 = a.Row1, a2 = a.Row2, a3 = a.Row3;
        int step = a.Step;
        float* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        if (add)
        {
            (s00, s01, s10, s11) = (Vector256.Load(c), Vector256.Load(c + 8), Vector256.Load(c1), Vector256.Load(c1 + 8));
            (s20, s21, s30, s31) = (Vector256.Load(c2), Vector256.Load(c2 + 8), Vector256.Load(c3), Vector256.Load(c3 + 8));
        }
        for (int p = 0; p < k; p++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var left = Vector256.Create(*a0);
            s00 = Vector256.FusedMultiplyAdd(left, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(left, b1, s01);
            left = Vector256.Create(*a1);
            s10 = Vector256.FusedMultiplyAdd(left, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(left, b1, s11);
            left = Vector256.Create(*a2);
            s20 = Vector256.FusedMultiplyAdd(left, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(left, b1, s21);
            left = Vector256.Create(*a3);
            s30 = Vector256.FusedMultiplyAdd(left, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(left, b1, s31);
            a0 += step;
            a1 += step;
            a2 += step;
            a3 += step;
            b += PanelWidth;
        }
        s00.Store(c);
        s01.Store(c + 8);
        s10.Store(c1);
        s11.Store(c1 + 8);
        s20.Store(c2);
        s21.Store(c2 + 8);
        s30.Store(c3);
        s31.Store(c3 + 8);
    }

    /// <summary>Where four rows of A begin and how far apart their elements lie; rows beyond the last repeat it and are not stored.</summary>
    private readonly unsafe struct LeftRows(float* start, int rowStride, int columnStride, int row, int count)
    {
        public readonly float* Row0 = start + (long)row * rowStride;
        public readonly float* Row1 = start + (long)Math.Min(row + 1, count - 1) * rowStride;
        public readonly float* Row2 = start + (long)Math.Min(row + 2, count - 1) * rowStride;
        public readonly float* Row3 = start + (long)Math.Min(row + 3, count - 1) * rowStride;
        public readonly int Step = columnStride;
    }
}
