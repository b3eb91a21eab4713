using System.Numerics.Tensors;

namespace Vedette.ML.TimeSeries;

/// <summary>What the detector says about one value.</summary>
/// <param name="Score">In [0, 1]: one minus the p-value of the value's novelty; 0 if the last observations already showed as much.</param>
/// <param name="IsAnomaly">Whether an alarm is due.</param>
public readonly record struct TimeSeriesVerdict(double Score, bool IsAnomaly);

/// <summary>Finds anomalies in one series while it arrives: a value, or a short mean, far from everything seen before is news.</summary>
/// <remarks>
/// Strictly online: a verdict depends on the past alone. One fixed setting serves all series; memory is constant (about 100 kB) and a push is
/// O(log n) comparisons and one short copy. Novelty is the distance to the nearest earlier value, as the resonance of ART networks and nearest-neighbour
/// detectors have it (here in one dimension, where it is exact and cheap), at three views: single values, means of three, and deviations from the time of
/// day as far as a daily season is there. It is compared with an exponential null around its own recent mean, so that a restless series has to be
/// stranger. What has been shown once is known afterwards: an anomaly scores when it begins, and for <see cref="RestLength"/> observations only what
/// exceeds it scores again.
/// Times may be irregular, repeated or out of order; they matter to the time of day only. Not thread-safe.
/// </remarks>
public sealed class TimeSeriesDetector
{
    /// <summary>Observations for which only something more novel than the last news scores.</summary>
    public const int RestLength = 150;

    /// <summary>Observations before the first verdict other than 0.</summary>
    public const int WarmupLength = 100;

    /// <summary>Largest p-value that raises an alarm.</summary>
    public const double AlarmProbability = 0.01;

    private const int ShortMeanLength = 3;
    private const double ShortMeanWeight = 0.5;

    /// <summary>Half-life of the mean novelty, in observations.</summary>
    private const double NoveltyHalfLife = 2000;

    /// <summary>Mean of the null where nothing is ever new, and its growth with the mean novelty.</summary>
    private const double NullFloor = 0.015;
    private const double NullGain = 1.2;

    /// <summary>Share of the deviations that the time of day must explain before it is listened to.</summary>
    private const double SeasonThreshold = 0.5;

    /// <summary>Deviations from a known season before they are judged: fewer do not show what is ordinary around its steps and peaks.</summary>
    private const int SeasonWarmupLength = 500;

    private readonly NoveltyView _values = new(WarmupLength);
    private readonly NoveltyView _shortMeans = new(WarmupLength - ShortMeanLength);
    private readonly NoveltyView _residuals = new(SeasonWarmupLength);
    private readonly DailyProfile _profile = new();
    private readonly double[] _recent = new double[ShortMeanLength];
    private readonly double[] _pendingMeans = new double[ShortMeanLength];
    private readonly double[] _shown = new double[RestLength];
    private DecayingMoments _novelty = new(NoveltyHalfLife);
    private long _count;

    /// <summary>Judges one observation, then learns it.</summary>
    /// <param name="timeMicros">Microseconds since the Unix epoch, UTC.</param>
    /// <param name="value">NaN or infinite for a gap, which scores 0 and is not learnt.</param>
    public TimeSeriesVerdict Push(long timeMicros, double value)
    {
        if (!double.IsFinite(value)) return default;
        double season = Math.Max(0, (_profile.Explained - SeasonThreshold) / (1 - SeasonThreshold));
        double residual = _profile.Update(timeMicros, value);
        double mean = Mean(value);
        double novelty = _values.Distance(value) + ShortMeanWeight * _shortMeans.Distance(mean);
        if (season > 0) novelty += season * _residuals.Distance(residual);
        double surprise = novelty / (NullFloor + NullGain * _novelty.Mean);
        if (_count >= WarmupLength) _novelty.Add(Math.Min(novelty, 1));
        Learn(value, mean);
        if (season > 0) _residuals.Learn(residual);
        bool news = surprise > TensorPrimitives.Max<double>(_shown);
        _shown[_count++ % RestLength] = surprise;
        double score = news ? -double.ExpM1(-surprise) : 0;
        return new TimeSeriesVerdict(score, score >= 1 - AlarmProbability);
    }

    /// <summary>Mean of the last few values, this one included.</summary>
    private double Mean(double value)
    {
        _recent[_count % ShortMeanLength] = value;
        return TensorPrimitives.Sum(_recent.AsSpan(0, (int)Math.Min(_count + 1, ShortMeanLength))) / Math.Min(_count + 1, ShortMeanLength);
    }

    /// <summary>Remembers what came. A mean waits until no later one shares a value with it.</summary>
    private void Learn(double value, double mean)
    {
        int slot = (int)(_count % ShortMeanLength);
        if (_count >= ShortMeanLength) _shortMeans.Learn(_pendingMeans[slot]);
        _pendingMeans[slot] = mean;
        _values.Learn(value);
    }
}
