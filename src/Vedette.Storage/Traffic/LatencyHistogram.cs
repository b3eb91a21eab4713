using System.Buffers;

namespace Vedette.Storage.Traffic;

/// <summary>Counts of durations in buckets of equal ratio: any quantile within 4.5%, mergeable, small.</summary>
/// <remarks>
/// A DDSketch (C. Masson, J. E. Rim, H. K. Lee, VLDB 2019) with γ = 2^(1/8) and only the buckets that are used: bucket 0 holds less than a microsecond, bucket i holds
/// [2^((i-1)/8), 2^(i/8)) microseconds, the last one (above twelve days) all that is longer. Merging is addition, so parts may come in any order. Not thread-safe.
/// </remarks>
internal sealed class LatencyHistogram
{
    private const int PerOctave = 8;
    private const int MaxBucket = 40 * PerOctave;

    private const int CountBits = 48;
    private const long CountMask = (1L << CountBits) - 1;

    /// <summary>Bucket and count in one number, in order of buckets: most callers have few, so that small matters.</summary>
    private long[] _entries = [];
    private int _used;

    /// <summary>Durations counted.</summary>
    public long Total { get; private set; }

    /// <summary>The bucket a duration falls into.</summary>
    public static int BucketOf(long micros) => micros < 1 ? 0 : Math.Min(MaxBucket, 1 + (int)(Math.Log2(micros) * PerOctave));

    public void Add(int bucket) => AddAt(Find(bucket), bucket, 1);

    public void Add(LatencyHistogram other)
    {
        for (int i = 0, at = 0; i < other._used; i++)
        {
            at = FindFrom(at, BucketAt(other, i));
            AddAt(at, BucketAt(other, i), CountAt(other, i));
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote. Damaged bytes end the reading.</summary>
    public void Add(ReadOnlySpan<byte> written)
    {
        int bucket = 0, at = 0;
        while (TryReadNumber(ref written, out long step) && TryReadNumber(ref written, out long count))
        {
            bucket += (int)Math.Min(step, MaxBucket);
            if (bucket > MaxBucket) return;
            if (count is <= 0 or > CountMask) continue;
            at = FindFrom(at, bucket);
            AddAt(at, bucket, count);
        }
    }

    /// <summary>Writes pairs of (distance from the bucket before, count) as base-128 numbers, least significant group first.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        int previous = 0;
        for (int i = 0; i < _used; i++)
        {
            WriteNumber(output, BucketAt(this, i) - previous);
            WriteNumber(output, CountAt(this, i));
            previous = BucketAt(this, i);
        }
    }

    /// <summary>The duration in microseconds that the share <paramref name="q"/> in (0, 1] of the durations does not exceed, by nearest rank; null if there are none.</summary>
    public double? Quantile(double q)
    {
        if (Total == 0) return null;
        long rank = Math.Max(1, (long)Math.Ceiling(q * Total));
        for (int i = 0; i < _used; i++)
        {
            rank -= CountAt(this, i);
            if (rank <= 0) return Middle(BucketAt(this, i));
        }
        return Middle(BucketAt(this, _used - 1));
    }

    private static double Middle(int bucket) => bucket == 0 ? 0 : Math.Pow(2, (bucket - 0.5) / PerOctave);

    private static int BucketAt(LatencyHistogram histogram, int at) => (int)(histogram._entries[at] >> CountBits);

    private static long CountAt(LatencyHistogram histogram, int at) => histogram._entries[at] & CountMask;

    /// <summary>Where the bucket is, or belongs.</summary>
    private int Find(int bucket)
    {
        int low = 0, high = _used;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_entries[middle] >> CountBits < bucket) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The same, going on from an entry that is not beyond it: what is merged comes in order of buckets.</summary>
    private int FindFrom(int at, int bucket)
    {
        while (at < _used && BucketAt(this, at) < bucket) at++;
        return at;
    }

    private void AddAt(int at, int bucket, long count)
    {
        if (at == _used || BucketAt(this, at) != bucket) Insert(at, bucket);
        _entries[at] += count;
        Total += count;
    }

    private void Insert(int at, int bucket)
    {
        if (_used == _entries.Length) Array.Resize(ref _entries, Math.Max(4, _used * 2));
        Array.Copy(_entries, at, _entries, at + 1, _used - at);
        _entries[at] = (long)bucket << CountBits;
        _used++;
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        Span<byte> bytes = output.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        output.Advance(length);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 9; i++)
        {
            value |= (long)(bytes[i] & 0x7F) << 7 * i;
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }
        return false;
    }
}
