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

    private ushort[] _buckets = [];
    private long[] _counts = [];
    private int _used;

    /// <summary>Durations counted.</summary>
    public long Total { get; private set; }

    /// <summary>The bucket a duration falls into.</summary>
    public static int BucketOf(long micros) => micros < 1 ? 0 : Math.Min(MaxBucket, 1 + (int)(Math.Log2(micros) * PerOctave));

    public void Add(int bucket, long count = 1)
    {
        int at = Array.BinarySearch(_buckets, 0, _used, (ushort)bucket);
        if (at < 0) at = Insert(~at, bucket);
        _counts[at] += count;
        Total += count;
    }

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < other._used; i++) Add(other._buckets[i], other._counts[i]);
    }

    /// <summary>Adds what <see cref="Write"/> wrote. Damaged bytes end the reading.</summary>
    public void Add(ReadOnlySpan<byte> written)
    {
        int bucket = 0;
        while (TryReadNumber(ref written, out long step) && TryReadNumber(ref written, out long count))
        {
            bucket += (int)Math.Min(step, MaxBucket);
            if (bucket > MaxBucket) return;
            Add(bucket, count);
        }
    }

    /// <summary>Writes pairs of (distance from the bucket before, count) as base-128 numbers, least significant group first.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        int previous = 0;
        for (int i = 0; i < _used; i++)
        {
            WriteNumber(output, _buckets[i] - previous);
            WriteNumber(output, _counts[i]);
            previous = _buckets[i];
        }
    }

    /// <summary>The duration in microseconds that the share <paramref name="q"/> in (0, 1] of the durations does not exceed, by nearest rank; null if there are none.</summary>
    public double? Quantile(double q)
    {
        if (Total == 0) return null;
        long rank = Math.Max(1, (long)Math.Ceiling(q * Total));
        for (int i = 0; i < _used; i++)
        {
            rank -= _counts[i];
            if (rank <= 0) return Middle(_buckets[i]);
        }
        return Middle(_buckets[_used - 1]);
    }

    private static double Middle(int bucket) => bucket == 0 ? 0 : Math.Pow(2, (bucket - 0.5) / PerOctave);

    private int Insert(int at, int bucket)
    {
        if (_used == _buckets.Length)
        {
            Array.Resize(ref _buckets, Math.Max(4, _used * 2));
            Array.Resize(ref _counts, _buckets.Length);
        }
        Array.Copy(_buckets, at, _buckets, at + 1, _used - at);
        Array.Copy(_counts, at, _counts, at + 1, _used - at);
        _buckets[at] = (ushort)bucket;
        _counts[at] = 0;
        _used++;
        return at;
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
