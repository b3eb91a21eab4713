using Vedette.ML.Files;

namespace Vedette.ML.Tails;

/// <summary>How a <see cref="SpotTail"/> sees the far end of a stream of scores.</summary>
public sealed record SpotTailOptions
{
    /// <summary>Share of the first sample that lies below the threshold of the tail, in [0.5, 0.999]. Default 0.98.</summary>
    public double Level { get; init; } = 0.98;

    /// <summary>Values rarer than this are taken for anomalies and not learnt from, in (0, 0.5]. Default 0.0001.</summary>
    public double AnomalyShare { get; init; } = 1e-4;

    /// <summary>Most peaks kept; the oldest make room. Default 512.</summary>
    public int MaxPeaks { get; init; } = 512;

    /// <summary>How the tail is estimated. Default <see cref="ParetoEstimator.WeightedMoments"/>.</summary>
    public ParetoEstimator Estimator { get; init; }

    /// <summary>Least shape of the tail. Default 0: no score is impossible only because it was never seen.</summary>
    public double MinShape { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (!(Level is >= 0.5 and <= 0.999)) yield return $"Level is {Level}; it must be in [0.5, 0.999].";
        if (!(AnomalyShare is > 0 and <= 0.5)) yield return $"AnomalyShare is {AnomalyShare}; it must be in (0, 0.5].";
        if (MaxPeaks is < 8 or > 1_000_000) yield return $"MaxPeaks is {MaxPeaks}; it must be 8 to 1000000.";
        if (!Enum.IsDefined(Estimator)) yield return $"Estimator is {Estimator}; it must be WeightedMoments or Grimshaw.";
        if (!(MinShape is >= -1 and <= 0.9)) yield return $"MinShape is {MinShape}; it must be in [-1, 0.9].";
    }
}

/// <summary>How rare a score is in a stream, beyond what was ever seen: ranks below a high threshold, a fitted Pareto tail above it.</summary>
/// <remarks>
/// A. Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", KDD 2017, https://doi.org/10.1145/3097983.3098144 (SPOT), with bounded memory: the
/// tail follows the most recent peaks, and is fitted anew at every peak while there are fewer than 64, at every eighth after that. Not thread-safe.
/// </remarks>
public sealed class SpotTail
{
    private const string Kind = "spot_tail/1";
    private const int FewPeaks = 64;
    private const int RefitEvery = 8;
    // A product of many chances must not become zero.
    private const double MinPValue = 1e-15;

    private readonly SpotTailOptions _options;
    private readonly ConformalTail _body;
    private readonly double[] _peaks;
    private int _next;
    private int _kept;
    private ParetoTail _tail;
    private double _anomalyThreshold;

    private SpotTail(SpotTailOptions options, ConformalTail body, double tailThreshold)
    {
        (_options, _body, TailThreshold) = (options, body, tailThreshold);
        _peaks = new double[options.MaxPeaks];
    }

    /// <summary>Where the tail begins.</summary>
    public double TailThreshold { get; }

    /// <summary>Scores learnt from.</summary>
    public long Count { get; private set; }

    /// <summary>Scores above <see cref="TailThreshold"/> among them.</summary>
    public long PeakCount { get; private set; }

    /// <summary>The tail as it is fitted now; scale 0 while there has been no peak.</summary>
    public ParetoTail Tail => _tail;

    /// <summary>Begins with a sample of ordinary scores.</summary>
    /// <param name="sample">Scores, higher is more anomalous; at least 10 that are finite. Some hundred make a sound start.</param>
    /// <param name="options">How the far end is seen.</param>
    /// <exception cref="ArgumentException">Too few scores, or options out of range; all problems are named.</exception>
    public static SpotTail Fit(ReadOnlySpan<double> sample, SpotTailOptions options)
    {
        Options.Check(options.Problems());
        var finite = new List<double>(sample.Length);
        foreach (double score in sample)
            if (double.IsFinite(score)) finite.Add(score);
        if (finite.Count < 10) throw new ArgumentException($"{finite.Count} scores are too few; at least 10 are needed.", nameof(sample));
        double[] sorted = [.. finite.Order()];
        double threshold = sorted[Math.Min(sorted.Length - 1, (int)(options.Level * sorted.Length))];
        // Where many scores are equal, the level may fall on the highest: then nothing is a peak yet.
        var tail = new SpotTail(options, ConformalTail.Fit(sorted, 1024), threshold) { Count = sorted.Length };
        foreach (double score in finite)
            if (score > threshold) tail.AddPeak(score - threshold);
        tail.Refit();
        return tail;
    }

    /// <summary>Learns from one score, unless it is an anomaly by <see cref="SpotTailOptions.AnomalyShare"/>. NaN and infinities are ignored.</summary>
    /// <returns>Whether the score was ordinary and learnt from.</returns>
    public bool Update(double score)
    {
        if (!double.IsFinite(score) || score > _anomalyThreshold) return false;
        Count++;
        if (score <= TailThreshold) return true;
        AddPeak(score - TailThreshold);
        if (PeakCount < FewPeaks || PeakCount % RefitEvery == 0) Refit();
        return true;
    }

    /// <summary>Chance of an ordinary score at least as high, in (0, 1]; 1 for NaN.</summary>
    public double PValue(double score)
    {
        double share = TailShare();
        if (!(score > TailThreshold)) return Math.Max(_body.PValue(score), share);
        return _kept == 0 ? Math.Min(share, _body.PValue(score)) : Math.Max(MinPValue, share * _tail.Survival(score - TailThreshold));
    }

    /// <summary>The score that an ordinary one reaches with a chance of <paramref name="share"/>; at least <see cref="TailThreshold"/>.</summary>
    /// <param name="share">A chance, in (0, 1].</param>
    public double Threshold(double share)
    {
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A chance is in (0, 1].");
        double ofTail = share / TailShare();
        // Without a peak nothing is known beyond the threshold.
        if (_kept == 0) return ofTail >= 1 ? TailThreshold : double.PositiveInfinity;
        return ofTail >= 1 ? TailThreshold : TailThreshold + _tail.Quantile(ofTail);
    }

    /// <summary>Writes the state as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_options.Level);
        writer.Write(_options.AnomalyShare);
        writer.Write(_options.MaxPeaks);
        writer.Write((int)_options.Estimator);
        writer.Write(_options.MinShape);
        _body.Write(writer);
        writer.Write(TailThreshold);
        writer.Write(Count);
        writer.Write(PeakCount);
        writer.Write(_next);
        writer.Write<double>(_peaks.AsSpan(0, _kept));
        writer.Write(_tail.Shape);
        writer.Write(_tail.Scale);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static SpotTail Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        var options = new SpotTailOptions
        {
            Level = reader.ReadDouble(),
            AnomalyShare = reader.ReadDouble(),
            MaxPeaks = reader.ReadInt32(),
            Estimator = (ParetoEstimator)reader.ReadInt32(),
            MinShape = reader.ReadDouble(),
        };
        if (options.Problems().FirstOrDefault() is { } problem) throw new InvalidDataException($"The model file is implausible: {problem}");
        var body = ConformalTail.Read(reader);
        var tail = new SpotTail(options, body, reader.ReadDouble()) { Count = reader.ReadInt64(), PeakCount = reader.ReadInt64() };
        tail._next = reader.ReadInt32(0, options.MaxPeaks - 1);
        double[] peaks = reader.ReadArray<double>();
        if (peaks.Length > options.MaxPeaks || tail.PeakCount < peaks.Length || tail.Count < tail.PeakCount || peaks.Any(peak => !(peak > 0)))
            throw new InvalidDataException($"The model file holds {peaks.Length} peaks of {tail.PeakCount} among {tail.Count} scores.");
        peaks.CopyTo(tail._peaks, 0);
        tail._kept = peaks.Length;
        tail._tail = new ParetoTail(reader.ReadDouble(), reader.ReadDouble());
        tail._anomalyThreshold = tail.Threshold(options.AnomalyShare);
        return tail;
    });

    private void AddPeak(double excess)
    {
        _peaks[_next] = excess;
        _next = (_next + 1) % _peaks.Length;
        _kept = Math.Min(_kept + 1, _peaks.Length);
        PeakCount++;
    }

    private void Refit()
    {
        if (_kept > 0) _tail = ParetoTail.Fit(_peaks.AsSpan(0, _kept), _options.Estimator, _options.MinShape);
        _anomalyThreshold = Threshold(_options.AnomalyShare);
    }

    /// <summary>Share of the scores in the tail; with no peak, that of one more score.</summary>
    private double TailShare() => Math.Max(PeakCount, 1) / (double)(Count + (PeakCount == 0 ? 1 : 0));
}
