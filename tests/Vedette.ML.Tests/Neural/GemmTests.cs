using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

public class GemmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(4, 64, 64)]
    [InlineData(20, 64, 192)]
    [InlineData(21, 33, 65)]
    [InlineData(7, 129, 47)]
    [InlineData(9, 2, 130)]
    [InlineData(5, 0, 3)]
    public void ProductEqualsItsPlainTwinBitForBitOnEveryVectorWidth(int m, int k, int n)
    {
        float[] a = Values(m * k, 1), b = Values(k * n, 2), start = Values(m * n, 3), transposed = Transpose(a, m, k);
        var packed = new PackedMatrix();
        packed.Pack(b, k, n);
        foreach (bool wide in (bool[])[false, true])
        {
            foreach (bool add in (bool[])[false, true])
            {
                float[] expected = [.. start], actual = [.. start], actualTransposed = [.. start];
                Gemm.MultiplyReference(a, k, 1, m, b, k, n, expected, add);
                Gemm.Run(a, k, 1, m, packed, actual, add, wide);
                Gemm.Run(transposed, 1, m, m, packed, actualTransposed, add, wide);
                Assert.Equal(expected, actual);
                Assert.Equal(expected, actualTransposed);
            }
        }
    }

    [Fact]
    public void TransposedPackingEqualsPackingTheTranspose()
    {
        float[] matrix = Values(37 * 70, 4);
        var direct = new PackedMatrix();
        var transposed = new PackedMatrix();
        // A larger matrix before must leave nothing behind.
        transposed.Pack(Values(80 * 80, 5), 80, 80);

        direct.Pack(Transpose(matrix, 70, 37), 37, 70);
        transposed.PackTransposed(matrix, 37, 70);

        Assert.Equal(direct.Values.ToArray(), transposed.Values.ToArray());
    }

    [Fact]
    public void ShapesThatDoNotFitAreRefused()
    {
        var packed = new PackedMatrix();
        packed.Pack(new float[6], 2, 3);

        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new float[7], 4, packed, new float[12]));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new float[8], 4, packed, new float[11]));
    }

    private static float[] Values(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan()) value = (float)random.NextGaussian();
        return values;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        float[] result = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) result[column * rows + row] = matrix[row * columns + column];
        return result;
    }
}
