using Npgsql;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.PostgreSql;

/// <summary>The one connection that writes events. It holds a lock for as long as it lives, so that numbers of writing and counts in memory are one server's alone. For one thread.</summary>
internal sealed class PostgreSqlEventWriter : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly HashSet<int> _partitions;

    private PostgreSqlEventWriter(NpgsqlConnection connection, HashSet<int> partitions, long written, long rolledUp)
    {
        _connection = connection;
        _partitions = partitions;
        Written = written;
        RolledUp = rolledUp;
    }

    public NpgsqlConnection Connection => _connection;

    /// <summary>Number of writing of the last event in the database.</summary>
    public long Written { get; private set; }

    /// <summary>Up to which number of writing the roll-ups counted when the connection was opened.</summary>
    public long RolledUp { get; }

    /// <summary>Null if another process writes events to this database.</summary>
    public static async ValueTask<PostgreSqlEventWriter?> TryOpenAsync(PostgreSqlServer server, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({PostgreSqlLocks.Space}, {PostgreSqlLocks.EventWriter})", connection);
            if (!(bool)(await take.ExecuteScalarAsync(cancellationToken))!)
            {
                await connection.DisposeAsync();
                return null;
            }
            await InsistOnDurabilityAsync(connection, cancellationToken);
            (long written, long rolledUp) = await ProgressAsync(connection, cancellationToken);
            IReadOnlyList<PostgreSqlPartition> partitions = await PostgreSqlPartition.AllAsync(connection, cancellationToken);
            return new PostgreSqlEventWriter(connection, [.. partitions.Select(static partition => partition.Day)], written, rolledUp);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    /// <summary>Whether a process, this one included, has the right to write events; looks at the lock without taking it, so it disturbs nobody who does.</summary>
    public static ValueTask<bool> IsTakenAsync(PostgreSqlServer server, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        // An advisory lock of two numbers has objsubid 2.
        await using var find = new NpgsqlCommand($"""
            SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND classid = {PostgreSqlLocks.Space} AND objid = {PostgreSqlLocks.EventWriter})
            """, connection);
        return (bool)(await find.ExecuteScalarAsync(cancellationToken))!;
    }, cancellationToken);

    /// <summary>Writes all in one transaction, counts in memory first if they are to be flushed.</summary>
    public async ValueTask WriteAsync(
        IReadOnlyList<DayShare> shares, IEnumerable<Receipt> receipts, TrafficDelta? flushed, Func<long, bool> isOpenMinute, PostgreSqlEventCopy copy, EventFieldReader fields, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
        if (flushed is not null) await FlushAsync(flushed, cancellationToken);
        long written = Written;
        var created = new List<int>();
        foreach (DayShare share in shares)
        {
            if (!_partitions.Contains(share.Day))
            {
                await PostgreSqlPartition.CreateAsync(_connection, share.Day, cancellationToken);
                created.Add(share.Day);
            }
            await copy.WriteAsync(_connection, PostgreSqlPartition.NameOf(share.Day), share, written, fields, cancellationToken);
            written += share.Count;
        }
        await NoteMinutesAsync(shares, isOpenMinute, cancellationToken);
        foreach (Receipt receipt in receipts) await SaveAsync(receipt, cancellationToken);
        await ExecuteAsync("UPDATE progress SET written = $1", cancellationToken, written);
        // From here on nobody can tell a refused commit from one whose answer was lost; giving up in the middle would only blur that more.
        await transaction.CommitAsync(CancellationToken.None);
        Written = written;
        _partitions.UnionWith(created);
    }

    /// <summary>Takes back events whose commit was reported as failed, and was not.</summary>
    public async ValueTask TakeBackAsync(PostgreSqlDoubt doubt, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
        foreach (int day in doubt.Days.Where(_partitions.Contains))
            await ExecuteAsync($"DELETE FROM {PostgreSqlPartition.NameOf(day)} WHERE seq > $1", cancellationToken, doubt.WrittenBefore);
        await ExecuteAsync("DELETE FROM receipts WHERE key = ANY($1)", cancellationToken, doubt.Receipts.ToArray());
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes a day with its roll-ups.</summary>
    public async ValueTask DropAsync(int day, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync($"DROP TABLE {PostgreSqlPartition.NameOf(day)}", cancellationToken);
        await ExecuteAsync("DELETE FROM traffic WHERE span IN (1, 60) AND kind BETWEEN 0 AND 4 AND start >= $1 AND start < $2", cancellationToken, day * DayNumber.MinutesPerDay, (day + 1) * DayNumber.MinutesPerDay);
        await ExecuteAsync("DELETE FROM open_minutes WHERE minute >= $1 AND minute < $2", cancellationToken, day * DayNumber.MinutesPerDay, (day + 1) * DayNumber.MinutesPerDay);
        await transaction.CommitAsync(cancellationToken);
        _partitions.Remove(day);
    }

    public ValueTask DisposeAsync() => CloseAsync(_connection);

    /// <summary>Back to the pool without the lock; if the connection is broken the lock is gone with it.</summary>
    private static async ValueTask CloseAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            if (connection.State == System.Data.ConnectionState.Open) await release.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (PostgreSqlFailure.IsOutside(e) || e is InvalidOperationException)
        {
            // Broken: the server gives the lock up by itself.
        }
        await connection.DisposeAsync();
    }

    /// <summary>What is acknowledged has to survive a crash, even in a database that forgoes that by default; stricter settings than <c>on</c> stay.</summary>
    private static async ValueTask InsistOnDurabilityAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var insist = new NpgsqlCommand("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'", connection);
        await insist.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async ValueTask<(long Written, long RolledUp)> ProgressAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT written, rolled_up FROM progress", connection);
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async ValueTask FlushAsync(TrafficDelta delta, CancellationToken cancellationToken)
    {
        await new PostgreSqlTrafficTable(_connection).AddAsync(delta, cancellationToken);
        await ExecuteAsync("DELETE FROM open_minutes", cancellationToken);
        await ExecuteAsync("UPDATE progress SET rolled_up = $1", cancellationToken, Written);
    }

    private async ValueTask NoteMinutesAsync(IReadOnlyList<DayShare> shares, Func<long, bool> isOpenMinute, CancellationToken cancellationToken)
    {
        var minutes = new HashSet<long>();
        foreach (DayShare share in shares)
            for (int i = 0; i < share.Count; i++) minutes.Add(share[i].TimeMicros / DayNumber.MicrosPerMinute);
        minutes.RemoveWhere(minute => isOpenMinute(minute));
        if (minutes.Count > 0) await ExecuteAsync("INSERT INTO open_minutes SELECT unnest($1) ON CONFLICT DO NOTHING", cancellationToken, minutes.ToArray());
    }

    private async ValueTask SaveAsync(Receipt receipt, CancellationToken cancellationToken)
    {
        await ExecuteAsync("DELETE FROM receipts WHERE time < $1", cancellationToken, DayNumber.ToMicros(receipt.Time - Receipt.KeptFor));
        await ExecuteAsync("""
            INSERT INTO receipts (key, accepted, answer, time) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET accepted = excluded.accepted, answer = excluded.answer, time = excluded.time
            """, cancellationToken, receipt.Key, receipt.Accepted, receipt.Answer, DayNumber.ToMicros(receipt.Time));
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A commit whose answer never came: it may have happened.</summary>
/// <param name="WrittenBefore">Number of writing of the last event before it.</param>
/// <param name="Days">Days it wrote to.</param>
/// <param name="Receipts">Keys of its receipts.</param>
internal sealed record PostgreSqlDoubt(long WrittenBefore, IReadOnlyList<int> Days, IReadOnlyList<string> Receipts);
