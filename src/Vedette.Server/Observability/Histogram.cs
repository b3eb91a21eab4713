namespace Vedette.Server.Observability;

/// <summary>Durations counted in fixed buckets, as Prometheus wants them. Thread-safe, allocates nothing.</summary>
public sealed class Histogram
{
    private const double MicrosPerSecond = 1e6;

    /// <summary>Upper bounds in seconds, from a tenth of a millisecond to ten seconds.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private readonly long[] _counts = new long[Bounds.Count + 1];
    private long _sumMicros;

    public void Observe(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int bucket = 0;
        while (bucket < Bounds.Count && seconds > Bounds[bucket]) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sumMicros, (long)(seconds * MicrosPerSecond));
    }

    /// <summary>Observations so far.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            for (int i = 0; i < _counts.Length; i++) count += Interlocked.Read(ref _counts[i]);
            return count;
        }
    }

    /// <summary>Seconds observed altogether.</summary>
    public double SumSeconds => Interlocked.Read(ref _sumMicros) / MicrosPerSecond;

    /// <summary>Observations of one bucket alone; the last is everything above the bounds.</summary>
    public long CountOf(int bucket) => Interlocked.Read(ref _counts[bucket]);
}
