namespace Vedette.ML.Subspace;

/// <summary>Eigenvalues and eigenvectors of a real symmetric matrix by cyclic Jacobi rotations.</summary>
/// <remarks>G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th ed., algorithm 8.5.3. Accurate for small eigenvalues too; O(n³) per sweep, about eight sweeps.</remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Decomposes <paramref name="matrix"/> (row-major, n·n), which is left diagonal. Vector i is row i of <c>Vectors</c>; values are in no particular order.</summary>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int n)
    {
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) vectors[i * n + i] = 1;
        double total = 0;
        foreach (double value in matrix) total += value * value;
        for (int sweep = 0; sweep < MaxSweeps && OffDiagonal(matrix, n) > 1e-24 * total; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
                for (int q = p + 1; q < n; q++) Rotate(matrix, vectors, n, p, q);
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) values[i] = matrix[i * n + i];
        return (values, vectors);
    }

    private static double OffDiagonal(double[] a, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++) sum += 2 * a[i * n + j] * a[i * n + j];
        return sum;
    }

    /// <summary>Makes elements (p, q) and (q, p) zero.</summary>
    private static void Rotate(double[] a, double[] vectors, int n, int p, int q)
    {
        double apq = a[p * n + q];
        if (apq == 0) return;
        double tau = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        double t = Math.CopySign(1, tau) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        double c = 1 / Math.Sqrt(1 + t * t);
        double s = t * c;
        for (int k = 0; k < n; k++) RotatePair(ref a[k * n + p], ref a[k * n + q], c, s);
        for (int k = 0; k < n; k++) RotatePair(ref a[p * n + k], ref a[q * n + k], c, s);
        for (int k = 0; k < n; k++) RotatePair(ref vectors[p * n + k], ref vectors[q * n + k], c, s);
    }

    private static void RotatePair(ref double x, ref double y, double c, double s) => (x, y) = (c * x - s * y, s * x + c * y);
}
