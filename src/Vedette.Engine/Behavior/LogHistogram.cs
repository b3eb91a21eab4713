using System.Numerics.Tensors;

namespace Vedette.Engine.Behavior;

/// <summary>Counts of positive values in buckets of equal ratio: quantiles within 10% at any scale, mergeable, fixed size.</summary>
/// <remarks>
/// A fixed-range DDSketch (C. Masson, J. E. Rim, H. K. Lee, VLDB 2019) with γ = 2^(1/4). Values below 1 fall into the first bucket, values above
/// 2^32 into the last. Merging is addition, so the order of parts does not matter.
/// </remarks>
internal sealed class LogHistogram
{
    private const int PerOctave = 4;
    private const double MinWeightForCap = 200;
    private const int BucketCount = 32 * PerOctave + 1;

    /// <summary>Buckets of small whole numbers, which nearly all counts are.</summary>
    private static readonly byte[] SmallBuckets = [.. Enumerable.Range(0, 256).Select(static value => (byte)ComputeBucketOf(value))];

    private readonly float[] _counts = new float[BucketCount];
    private bool _isTouched;
    private double _total;
    private bool _isTotalStale;

    /// <summary>Twice the 99% quantile as of the last <see cref="Decay"/>: what is beyond is learnt as if it were there, so that one giant does not become the norm.</summary>
    public double Cap { get; private set; } = double.MaxValue;

    /// <summary>Total weight. Summed up when it is asked for after histograms were added; threads that ask at the same time get the same.</summary>
    public double Total
    {
        get
        {
            if (Volatile.Read(ref _isTotalStale)) SumUp();
            return _total;
        }
    }

    public void Add(double value, float weight = 1)
    {
        double total = Total;
        _counts[BucketOf(value)] += weight;
        _total = total + weight;
        _isTouched = true;
    }

    /// <summary>Adds what another part of the work collected; its weights may be negative where values moved.</summary>
    public void Add(LogHistogram other)
    {
        if (!other._isTouched) return;
        _isTouched = true;
        TensorPrimitives.Add(_counts, other._counts, _counts);
        _isTotalStale = true;
    }

    /// <summary>Notes that something grew from <paramref name="before"/> to <paramref name="now"/>; 0 if it was not there before.</summary>
    public void Grow(double before, double now)
    {
        if (before > 0) Add(before, -1);
        Add(now);
    }

    /// <summary>The same, and what is beyond <paramref name="cap"/> stays there: whoever is far out is not told from whoever is further.</summary>
    public void Grow(double before, double now, double cap)
    {
        if (before < cap) Grow(before, Math.Min(now, cap));
    }

    /// <summary>Lets the past count less: every weight is multiplied by <paramref name="factor"/> in (0, 1]. What moved away after it had faded leaves nothing behind.</summary>
    public void Decay(float factor)
    {
        TensorPrimitives.Multiply(_counts, factor, _counts);
        TensorPrimitives.Max(_counts, 0f, _counts);
        SumUp();
        Cap = Total < MinWeightForCap ? double.MaxValue : 2 * Quantile(0.99);
    }

    public void Clear()
    {
        if (!_isTouched) return;
        _isTouched = false;
        Array.Clear(_counts);
        _total = 0;
        _isTotalStale = false;
    }

    /// <summary>The value below which the share <paramref name="q"/> in [0, 1] of the weight lies; 0 if empty.</summary>
    public double Quantile(double q)
    {
        double total = Total;
        if (total <= 0) return 0;
        double rank = q * total;
        double below = 0;
        int last = 0;
        for (int i = 0; i < BucketCount; i++)
        {
            if (_counts[i] <= 0) continue;
            last = i;
            if (below + _counts[i] >= rank)
            {
                double inside = Math.Clamp((rank - below) / _counts[i], 0, 1);
                return Math.Pow(2, (i + inside) / PerOctave);
            }
            below += _counts[i];
        }
        return Math.Pow(2, (last + 1.0) / PerOctave);
    }

    /// <summary>The share of the weight in buckets above that of <paramref name="value"/>, in [0, 1].</summary>
    public double ShareAbove(double value)
    {
        if (Total <= 0) return 0;
        double above = 0;
        for (int i = BucketOf(value) + 1; i < BucketCount; i++) above += _counts[i];
        return above / Total;
    }

    /// <summary>Probability that a value of somebody else exceeds <paramref name="value"/>, also beyond everything seen, in (0, 1].</summary>
    /// <remarks>
    /// Empirical below the 98% quantile, above it a Pareto tail with Hill's estimator (B. M. Hill, Annals of Statistics 3(5), 1975): log-excesses over a
    /// high quantile are exponential. The mean log-excess is shrunk toward <paramref name="priorExcess"/> with the weight of ten observations.
    /// </remarks>
    /// <param name="value">The value judged.</param>
    /// <param name="priorExcess">Mean log2-excess expected before any data.</param>
    /// <param name="ownWeight">Weight the value's owner has put in itself; the largest values up to the judged one are taken to be its own, so that nobody is judged against himself.</param>
    public double TailProbability(double value, double priorExcess, double ownWeight = 0)
    {
        int bucket = BucketOf(value);
        Span<float> others = stackalloc float[BucketCount];
        _counts.CopyTo(others);
        double total = Total;
        for (int i = bucket; i >= 0 && ownWeight > 0; i--)
        {
            double own = Math.Min(ownWeight, Math.Max(0, others[i]));
            others[i] -= (float)own;
            total -= own;
            ownWeight -= own;
        }
        if (total <= 0) return 1;
        int cut = 0;
        double above = total;
        while (cut < BucketCount - 1 && above - others[cut] > 0.02 * total) above -= others[cut++];
        double x = Math.Log2(Math.Max(1, value)) * PerOctave;
        if (x <= cut)
        {
            double larger = 0;
            for (int i = bucket + 1; i < BucketCount; i++) larger += others[i];
            return Math.Min(1, (larger + 1) / (total + 1));
        }
        double excess = 0;
        for (int i = cut; i < BucketCount; i++) excess += others[i] * (i - cut + 0.5);
        double mean = (excess / PerOctave + 10 * priorExcess) / (above + 10);
        return Math.Min(1, (above + 1) / (total + 1)) * Math.Exp(-(x - cut) / PerOctave / mean);
    }

    /// <summary>In order and in double: the same on every machine, whatever its vectors are.</summary>
    private void SumUp()
    {
        double total = 0;
        foreach (float count in _counts) total += count;
        _total = total;
        Volatile.Write(ref _isTotalStale, false);
    }

    private static int BucketOf(double value) => value < SmallBuckets.Length && (int)value == value && value >= 0 ? SmallBuckets[(int)value] : ComputeBucketOf(value);

    private static int ComputeBucketOf(double value) => value < 1 ? 0 : Math.Min(BucketCount - 1, (int)(Math.Log2(value) * PerOctave));
}
