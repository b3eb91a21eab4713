namespace Vedette.Engine.Learning;

/// <summary>The scale of the traffic at hand: begins with the one that was learnt, and moves to that of the ordinary windows seen since.</summary>
/// <remarks>
/// What models learnt is how far from ordinary a window is, so what is ordinary must be that of the traffic they judge, not of the one they learnt from. What was learnt counts as <see cref="LearntWindows"/> windows, and what
/// is seen as at most <see cref="MostWindows"/>, half of which are forgotten then. A spread becomes no narrower than it was learnt: what has not happened yet is rare, not impossible. Owned by one thread; scaling may be
/// done by several between two lessons.
/// </remarks>
internal sealed class TrafficScale
{
    private const double LearntWindows = 100;
    private const double MostWindows = 20_000;

    private readonly FeatureScale _learnt;
    private readonly float[] _centers;
    private readonly float[] _spreads;
    private readonly bool[] _isTold;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private double _windows;

    public TrafficScale(FeatureScale learnt)
    {
        _learnt = learnt;
        (_centers, _spreads) = (learnt.Scaler.Centers.ToArray(), learnt.Scaler.Scales.ToArray());
        _isTold = new bool[_centers.Length];
        (_sums, _squares) = (new double[_centers.Length], new double[_centers.Length]);
    }

    /// <summary>The middle of each column, after the logarithm.</summary>
    public ReadOnlySpan<float> Centers => _centers;

    /// <summary>Takes note of what a row tells: a column that has been 0 in all of them so far is not told here.</summary>
    public void Notice(ReadOnlySpan<float> row)
    {
        for (int column = 0; column < row.Length; column++) _isTold[column] |= row[column] != 0;
    }

    /// <summary>Scales rows; what is not told is ordinary, whatever it was where the models learnt.</summary>
    public void Apply(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        FeatureScale.Compress(rows, scaled);
        for (int i = 0, column = 0; i < scaled.Length; i++)
        {
            scaled[i] = _isTold[column] ? Math.Clamp((scaled[i] - _centers[column]) / _spreads[column], -FeatureScale.Limit, FeatureScale.Limit) : 0;
            if (++column == _centers.Length) column = 0;
        }
    }

    /// <summary>Takes a lesson from an ordinary window; it counts from the next <see cref="Settle"/> on.</summary>
    public void Learn(ReadOnlySpan<float> row)
    {
        Span<float> logs = stackalloc float[_centers.Length];
        FeatureScale.Compress(row, logs);
        for (int column = 0; column < logs.Length; column++)
        {
            _sums[column] += logs[column];
            _squares[column] += (double)logs[column] * logs[column];
        }
        _windows++;
    }

    /// <summary>Lets what was learnt since the last time count.</summary>
    public void Settle()
    {
        for (int column = 0; column < _centers.Length; column++)
        {
            double learnt = _learnt.Scaler.Centers[column], spread = _learnt.Scaler.Scales[column], all = LearntWindows + _windows;
            double mean = (LearntWindows * learnt + _sums[column]) / all;
            double variance = (LearntWindows * (spread * spread + learnt * learnt) + _squares[column]) / all - mean * mean;
            _centers[column] = (float)mean;
            _spreads[column] = (float)Math.Max(spread, Math.Sqrt(Math.Max(0, variance)));
        }
        if (_windows < MostWindows) return;
        _windows /= 2;
        for (int column = 0; column < _sums.Length; column++) (_sums[column], _squares[column]) = (_sums[column] / 2, _squares[column] / 2);
    }
}
