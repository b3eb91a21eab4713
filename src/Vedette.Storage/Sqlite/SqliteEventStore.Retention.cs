using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <content>Deleting what is old.</content>
internal sealed partial class SqliteEventStore
{
    public ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => ValueTask.FromResult(Run(() =>
    {
        Writable();
        TakeBackUnfinished();
        var expired = new ExpiredDays(policy, now, _days.Files.Values.Sum(static file => file.SizeBytes));
        long deleted = 0;
        foreach (SqliteDayFile file in _days.Files.Values)
        {
            if (!expired.Contains(file.Day, file.SizeBytes)) break;
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
