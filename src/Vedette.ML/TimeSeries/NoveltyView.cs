namespace Vedette.ML.TimeSeries;

/// <summary>One view of a series: how far a value is from the nearest of those seen before.</summary>
/// <remarks>
/// Distance is taken after standardising by the recent mean and deviation and compressing by asinh: a gap far out counts by its ratio, one near the
/// middle by its size, so that one early outlier neither hides later ones nor makes every value beyond it news.
/// </remarks>
/// <param name="warmupLength">Values before the first distance other than 0.</param>
internal sealed class NoveltyView(int warmupLength)
{
    private const double ScaleHalfLife = 2000;

    private readonly ValueMemory _memory = new();
    private DecayingMoments _moments = new(ScaleHalfLife);
    private int _missing = warmupLength;

    /// <summary>0 for a value seen before. In a series that has been constant until now, any other value is one unit away.</summary>
    public double Distance(double value)
    {
        if (_missing > 0) return 0;
        (double lower, double upper) = _memory.Around(value);
        if (lower == value || upper == value) return 0;
        double scale = _moments.Deviation;
        if (scale <= 1e-12 * Math.Abs(_moments.Mean)) return 1;
        double place = Place(value, scale);
        return Math.Min(place - Place(lower, scale), Place(upper, scale) - place);
    }

    public void Learn(double value)
    {
        if (_missing > 0) _missing--;
        _memory.Add(value);
        _moments.Add(value);
    }

    private double Place(double value, double scale) => Math.Asinh((value - _moments.Mean) / scale);
}
