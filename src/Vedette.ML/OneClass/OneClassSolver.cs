namespace Vedette.ML.OneClass;

/// <summary>Solves min ½αᵀKα with 0 ≤ α ≤ 1 and Σα = νn by sequential minimal optimisation.</summary>
/// <remarks>
/// R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working Set Selection Using Second Order Information for Training Support Vector Machines", JMLR 6, 2005
/// (selection WSS 2); start and stopping rule as C.-C. Chang, C.-J. Lin, "LIBSVM", ACM TIST 2(3), 2011, section 4.
/// </remarks>
internal sealed class OneClassSolver
{
    private const double SmallestCurvature = 1e-12;

    private readonly KernelMatrix _kernel;
    private readonly KernelCache _cache;
    private readonly double[] _alpha;
    private readonly double[] _gradient;

    public OneClassSolver(KernelMatrix kernel, double nu, long cacheBytes)
    {
        (_kernel, _cache) = (kernel, new KernelCache(kernel, cacheBytes));
        int count = kernel.RowCount;
        (_alpha, _gradient) = (new double[count], new double[count]);
        double total = nu * count;
        int full = Math.Min(count, (int)total);
        _alpha.AsSpan(0, full).Fill(1);
        if (full < count) _alpha[full] = total - full;
        for (int i = 0; i < count && _alpha[i] > 0; i++) AddToGradient(_cache.Get(i), _alpha[i]);
    }

    /// <summary>The weights, in [0, 1].</summary>
    public ReadOnlySpan<double> Alpha => _alpha;

    /// <summary>Optimises until no pair violates the optimality conditions by more than <paramref name="tolerance"/>.</summary>
    /// <returns>The offset ρ.</returns>
    public double Solve(double tolerance)
    {
        // A bound against rows on which rounding keeps two weights trading places; it is generous beside the n to 10·n steps that are usual.
        long maxSteps = Math.Max(10_000_000L, 100L * _alpha.Length);
        for (long step = 0; step < maxSteps && SelectPair(tolerance, out int i, out int j); step++) Improve(i, j);
        return Offset();
    }

    private void AddToGradient(float[] kernelRow, double weight)
    {
        for (int k = 0; k < _gradient.Length; k++) _gradient[k] += kernelRow[k] * weight;
    }

    /// <summary>i: the steepest weight that may grow; j: the one that may shrink and promises the greatest decrease with it.</summary>
    private bool SelectPair(double tolerance, out int i, out int j)
    {
        (i, j) = (-1, -1);
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        for (int k = 0; k < _alpha.Length; k++)
        {
            if (_alpha[k] < 1 && _gradient[k] < least) (least, i) = (_gradient[k], k);
            if (_alpha[k] > 0 && _gradient[k] > greatest) greatest = _gradient[k];
        }
        if (i < 0 || greatest - least < tolerance) return false;
        float[] row = _cache.Get(i);
        double best = double.PositiveInfinity;
        for (int k = 0; k < _alpha.Length; k++)
        {
            double difference = _gradient[k] - least;
            if (_alpha[k] <= 0 || difference <= 0) continue;
            double decrease = -difference * difference / Curvature(i, k, row[k]);
            if (decrease < best) (best, j) = (decrease, k);
        }
        return j >= 0;
    }

    private void Improve(int i, int j)
    {
        float[] rowI = _cache.Get(i);
        float[] rowJ = _cache.Get(j);
        double sum = _alpha[i] + _alpha[j];
        double grown = _alpha[i] + (_gradient[j] - _gradient[i]) / Curvature(i, j, rowI[j]);
        // The partner is put exactly on its bound where it reaches it: a weight of 1 − 1e-16 would count as free for ever after.
        (double newI, double newJ) = grown >= Math.Min(1, sum) ? (Math.Min(1, sum), sum > 1 ? sum - 1 : 0)
            : grown <= Math.Max(0, sum - 1) ? (Math.Max(0, sum - 1), Math.Min(1, sum))
            : (grown, sum - grown);
        double changeI = newI - _alpha[i];
        double changeJ = newJ - _alpha[j];
        (_alpha[i], _alpha[j]) = (newI, newJ);
        for (int k = 0; k < _gradient.Length; k++) _gradient[k] += rowI[k] * changeI + rowJ[k] * changeJ;
    }

    private double Curvature(int i, int j, double similarity) =>
        Math.Max(SmallestCurvature, _kernel.Diagonal(i) + _kernel.Diagonal(j) - 2 * similarity);

    /// <summary>The gradient at rows on the boundary, where it is ρ; between its bounds if no row lies there.</summary>
    private double Offset()
    {
        double sum = 0, upper = double.PositiveInfinity, lower = double.NegativeInfinity;
        int free = 0;
        for (int k = 0; k < _alpha.Length; k++)
        {
            if (_alpha[k] >= 1) lower = Math.Max(lower, _gradient[k]);
            else if (_alpha[k] <= 0) upper = Math.Min(upper, _gradient[k]);
            else
            {
                free++;
                sum += _gradient[k];
            }
        }
        if (free > 0) return sum / free;
        if (double.IsInfinity(upper)) return lower;
        return double.IsInfinity(lower) ? upper : (upper + lower) / 2;
    }
}
