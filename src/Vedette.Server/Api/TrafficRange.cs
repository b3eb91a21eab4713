namespace Vedette.Server.Api;

/// <summary>A time cut into pieces of whole minutes, all of one length and aligned to it, so that neighbours and repeated questions agree.</summary>
/// <param name="From">Beginning of the first piece.</param>
/// <param name="To">End of the last.</param>
/// <param name="Bucket">Length of a piece.</param>
internal readonly record struct TrafficRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Bucket)
{
    private static readonly int[] NiceMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

    /// <summary>At most so many pieces that cover <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static TrafficRange Cover(DateTimeOffset from, DateTimeOffset to, int pieces)
    {
        TimeSpan bucket = BucketFor(to - from, pieces);
        return new TrafficRange(Floor(from, bucket), Floor(to.AddTicks(-1), bucket) + bucket, bucket);
    }

    public static TimeSpan BucketFor(TimeSpan length, int pieces)
    {
        double least = length.TotalMinutes / pieces;
        foreach (int minutes in NiceMinutes)
            if (minutes >= least) return TimeSpan.FromMinutes(minutes);
        return TimeSpan.FromDays(Math.Ceiling(least / 1440));
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan bucket) => new(time.UtcTicks - time.UtcTicks % bucket.Ticks, TimeSpan.Zero);
}
