using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <content>Deleting what is old.</content>
internal sealed partial class SqliteEventStore
{
    public ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => ValueTask.FromResult(Run(() =>
    {
        Opened();
        TakeBackUnfinished();
        int today = DayNumber.OfMicros(DayNumber.ToMicros(now));
        long oldest = DayNumber.ToMicros(now) - (long)Math.Min(policy.MaxAge.TotalMicroseconds, DayNumber.MaxMicros);
        long size = _days.Files.Values.Sum(static file => file.SizeBytes), deleted = 0;
        foreach (SqliteDayFile file in _days.Files.Values)
        {
            if (file.Day >= today) break;
            bool isOld = (file.Day + 1) * DayNumber.MicrosPerDay <= oldest;
            bool isTooMuch = policy.MaxBytes > 0 && size > policy.MaxBytes;
            if (!isOld && !isTooMuch) break;
            size -= file.SizeBytes;
            deleted += EventsIn(file);
            _days.Delete(file, _readers);
        }
        return deleted;
    }));

    private long EventsIn(SqliteDayFile file)
    {
        using SqliteReaderPool.Lease lease = _readers.Rent(file.Path);
        return lease.Database.Number("SELECT written FROM progress");
    }
}
