namespace Vedette.Engine.Behavior;

/// <summary>The last minutes of a count, and what it was in the hour or so before them, disturbed times left out.</summary>
internal sealed class RecentRate
{
    /// <summary>Minutes kept one by one.</summary>
    public const int Minutes = 20;

    /// <summary>Undisturbed bins of five minutes that make the level, and how few must do.</summary>
    private const int LevelBins = 12;
    private const int MinLevelBins = 6;

    /// <summary>Neighbors a sudden change is told from a slow one by.</summary>
    private const int NeighborBins = 3;

    /// <summary>Bins older than three hours say nothing about now.</summary>
    private const long MaxAge = 180 / TrafficSeason.BinMinutes;

    private readonly double[] _minutes = new double[Minutes];
    private readonly List<(long Bin, double Value)> _level = [];
    private long _count;
    private long _bin = long.MinValue;
    private double _sum;
    private int _inBin;
    private bool _isDisturbed;

    /// <summary>Takes in the count of the minute that belongs to <paramref name="bin"/> (<see cref="Season.BinOf"/>).</summary>
    public void Add(long bin, double count)
    {
        if (bin != _bin) EndBin(bin);
        _minutes[_count++ % Minutes] = count;
        _sum += count;
        _inBin++;
    }

    /// <summary>Log2 of the usual count a minute of the last undisturbed hour; NaN while too little is known.</summary>
    public double Level
    {
        get
        {
            if (_level.Count < MinLevelBins) return double.NaN;
            Span<double> values = stackalloc double[LevelBins];
            for (int i = 0; i < _level.Count; i++) values[i] = _level[i].Value;
            values = values[.._level.Count];
            values.Sort();
            return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
        }
    }

    /// <summary>The bin after the last one that makes the level.</summary>
    public long LevelEnd => _level.Count == 0 ? _bin : _level[^1].Bin + 1;

    /// <summary>Log2 of the mean count a minute of the last minutes, up to <see cref="Minutes"/>.</summary>
    public double Mean(int minutes)
    {
        double sum = 0;
        for (int i = 1; i <= minutes; i++) sum += _minutes[(_count - i) % Minutes];
        return TrafficSeason.Scale(sum / minutes);
    }

    /// <summary>How many of the last minutes lie beyond <paramref name="level"/> (log2): above it for a positive <paramref name="sign"/>, else below.</summary>
    public int Beyond(int minutes, double level, int sign)
    {
        int beyond = 0;
        for (int i = 1; i <= minutes; i++)
            if (sign * (TrafficSeason.Scale(_minutes[(_count - i) % Minutes]) - level) > 0) beyond++;
        return beyond;
    }

    /// <summary>True once so many minutes were taken in.</summary>
    public bool Has(int minutes) => _count >= minutes;

    /// <summary>Lowest and highest of the last undisturbed bins that end before <paramref name="bin"/>.</summary>
    public (double Low, double High) Neighbors(long bin)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        int seen = 0;
        for (int i = _level.Count - 1; i >= 0 && seen < NeighborBins; i--)
        {
            if (_level[i].Bin >= bin) continue;
            seen++;
            low = Math.Min(low, _level[i].Value);
            high = Math.Max(high, _level[i].Value);
        }
        return (low, high);
    }

    /// <summary>What counted from <paramref name="bin"/> on turned out to be disturbed.</summary>
    public void ForgetFrom(long bin)
    {
        _level.RemoveAll(old => old.Bin >= bin);
        _isDisturbed = true;
    }

    /// <summary>What comes next is the rule.</summary>
    public void BeginAnew()
    {
        _level.Clear();
        _isDisturbed = true;
    }

    private void EndBin(long bin)
    {
        if (bin > _bin + 1) _count = 0;
        if (_inBin > 0 && !_isDisturbed) _level.Add((_bin, TrafficSeason.Scale(_sum / _inBin)));
        _level.RemoveAll(old => old.Bin < bin - MaxAge);
        if (_level.Count > LevelBins) _level.RemoveAt(0);
        (_bin, _sum, _inBin, _isDisturbed) = (bin, 0, 0, false);
    }
}
