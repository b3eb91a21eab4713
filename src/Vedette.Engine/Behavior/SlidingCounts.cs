using System.Runtime.CompilerServices;

namespace Vedette.Engine.Behavior;

/// <summary>Counts over the last ten minutes of event time, in five buckets of two minutes.</summary>
/// <remarks>Sums are kept up to date by taking off the bucket that leaves, so reading is free. Time that runs backwards counts into the newest bucket.</remarks>
internal struct SlidingCounts
{
    public const int BucketCount = 5;
    public const long BucketMicros = 120_000_000;

    /// <summary>Counts over the whole window.</summary>
    public Counts Window;

    private Buckets _buckets;
    private long _newest;

    /// <summary>Place of the newest bucket.</summary>
    private int _current;

    /// <summary>Moves the window to <paramref name="timeMicros"/>.</summary>
    public void Advance(long timeMicros)
    {
        long bucket = timeMicros / BucketMicros;
        if (bucket <= _newest) return;
        if (bucket - _newest >= BucketCount)
        {
            _buckets = default;
            Window = default;
        }
        else
        {
            for (long b = _newest + 1; b <= bucket; b++)
            {
                ref Counts leaving = ref _buckets[(int)(b % BucketCount)];
                Window.Subtract(ref leaving);
                leaving = default;
            }
        }
        _newest = bucket;
        _current = (int)(bucket % BucketCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Counter counter, int amount = 1)
    {
        _buckets[_current][(int)counter] += amount;
        Window[(int)counter] += amount;
    }

    [InlineArray(BucketCount)]
    private struct Buckets
    {
        private Counts _first;
    }
}
