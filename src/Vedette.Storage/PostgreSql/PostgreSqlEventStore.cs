using Npgsql;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.PostgreSql;

/// <summary>Events in PostgreSQL, one partition per UTC day. A group is one transaction.</summary>
internal sealed partial class PostgreSqlEventStore(PostgreSqlServer server, EventFieldReader fields, TimeProvider time) : IEventStore
{
    private const int MaxCells = 120_000;
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(10);

    private readonly TrafficLedger _ledger = new();
    private readonly PostgreSqlEventCopy _copy = new();
    private PostgreSqlEventWriter? _writer;
    private PostgreSqlDoubt? _doubt;
    private long _lastFlush = time.GetTimestamp();
    private bool _isOpen;
    private bool _isRecovered;

    public string Kind => "postgresql";

    private string Busy => $"{server.Name}: another Vedette process writes events to it. Stop that one, or give this one a database of its own.";

    public ValueTask<string> VersionAsync(CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        return $"PostgreSQL {connection.PostgreSqlVersion}";
    }, cancellationToken);

    public ValueTask OpenAsync(CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await server.OpenAsync(cancellationToken);
        if (await TryWriterAsync(cancellationToken) is null)
        {
            await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
            _ledger.Restore(await PostgreSqlRecovery.CountOpenMinutesAsync(connection, cancellationToken));
        }
        _isOpen = true;
    }, cancellationToken);

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isOpen) return $"{server.Name} is not open.";
            if (!_isRecovered && await PostgreSqlEventWriter.IsTakenAsync(server, cancellationToken)) return Busy;
            await server.RunAsync(async () =>
            {
                await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
                await using var write = new NpgsqlCommand("UPDATE progress SET one = one WHERE false", connection);
                await write.ExecuteNonQueryAsync(cancellationToken);
            }, cancellationToken);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    public ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<DayShare> shares = DayShare.Of(appends, DayNumber.ToMicros(time.GetUtcNow()));
        Receipt[] receipts = [.. appends.SelectMany(static append => append.Receipts)];
        if (shares.Count == 0 && receipts.Length == 0) return;
        PostgreSqlEventWriter writer = await WriterAsync(cancellationToken);
        long before = writer.Written;
        bool flushes = !_ledger.IsEmpty && (_ledger.CellCount > MaxCells || time.GetElapsedTime(_lastFlush) > FlushEvery);
        try
        {
            await WriteAsync(writer, shares, receipts, flushes, cancellationToken);
        }
        catch
        {
            await LoseWriterAsync();
            _doubt = new PostgreSqlDoubt(before, [.. shares.Select(static share => share.Day)], [.. receipts.Select(static receipt => receipt.Key)]);
            throw;
        }
        _ledger.Apply(delta =>
        {
            long written = before;
            foreach (DayShare share in shares)
            {
                fields.Count(share, written, delta);
                written += share.Count;
            }
        });
    }, cancellationToken);

    public ValueTask<Receipt?> FindReceiptAsync(string idempotencyKey, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        await using var find = new NpgsqlCommand("SELECT accepted, answer, time FROM receipts WHERE key = $1", connection) { Parameters = { new() { Value = idempotencyKey } } };
        await using NpgsqlDataReader reader = await find.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new Receipt(idempotencyKey, reader.GetInt32(0), reader.GetString(1), DayNumber.FromMicros(reader.GetInt64(2))) : null;
    }, cancellationToken);

    public ValueTask<long> ApplyRetentionAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        PostgreSqlEventWriter writer = await WriterAsync(cancellationToken);
        // What is counted in memory of a day must not come back into the tables once the day is gone.
        await FlushAsync(writer, cancellationToken);
        IReadOnlyList<PostgreSqlPartition> partitions = await PostgreSqlPartition.AllAsync(writer.Connection, cancellationToken);
        var expired = new ExpiredDays(policy, now, partitions.Sum(static partition => partition.Bytes));
        long deleted = 0;
        foreach (PostgreSqlPartition partition in partitions)
        {
            if (!expired.Contains(partition.Day, partition.Bytes)) break;
            deleted += await EventsInAsync(writer.Connection, partition.Day, cancellationToken);
            await writer.DropAsync(partition.Day, cancellationToken);
        }
        return deleted;
    }, cancellationToken);

    public ValueTask<long> SizeBytesAsync(CancellationToken cancellationToken) => server.RunAsync(async () =>
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        long bytes = (await PostgreSqlPartition.AllAsync(connection, cancellationToken)).Sum(static partition => partition.Bytes);
        await using var rollups = new NpgsqlCommand("SELECT pg_total_relation_size('traffic')", connection);
        return bytes + (long)(await rollups.ExecuteScalarAsync(cancellationToken))!;
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            try
            {
                await FlushAsync(_writer, CancellationToken.None);
            }
            catch (Exception e) when (PostgreSqlFailure.IsOutside(e))
            {
                // What is in memory is counted from the rows at the next start.
            }
            await LoseWriterAsync();
        }
        await server.DisposeAsync();
    }

    private async ValueTask<PostgreSqlEventWriter> WriterAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen) throw new StoreUnavailableException($"{server.Name} is not open.");
        return await TryWriterAsync(cancellationToken) ?? throw new StoreUnavailableException(Busy);
    }

    /// <summary>The writing connection; a new one if the last was lost. What the last one left unclear is cleared up first. Null if another process has it.</summary>
    private async ValueTask<PostgreSqlEventWriter?> TryWriterAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null) return _writer;
        if (await PostgreSqlEventWriter.TryOpenAsync(server, cancellationToken) is not { } writer) return null;
        try
        {
            if (_doubt is { } doubt && writer.Written > doubt.WrittenBefore) await writer.TakeBackAsync(doubt, cancellationToken);
            _doubt = null;
            // A flush whose answer was lost may have happened all the same.
            _ledger.Forget(writer.RolledUp);
            if (!_isRecovered) _ledger.Restore(await PostgreSqlRecovery.CountOpenMinutesAsync(writer.Connection, cancellationToken));
            _isRecovered = true;
            return _writer = writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    private async ValueTask LoseWriterAsync()
    {
        if (_writer is { } writer) await writer.DisposeAsync();
        _writer = null;
    }

    private async ValueTask FlushAsync(PostgreSqlEventWriter writer, CancellationToken cancellationToken)
    {
        if (!_ledger.IsEmpty) await WriteAsync(writer, [], [], flushes: true, cancellationToken);
    }

    private async ValueTask WriteAsync(PostgreSqlEventWriter writer, IReadOnlyList<DayShare> shares, IReadOnlyList<Receipt> receipts, bool flushes, CancellationToken cancellationToken)
    {
        TrafficDelta? flushed = flushes ? _ledger.BeginFlush() : null;
        try
        {
            await writer.WriteAsync(shares, receipts, flushed, flushes ? static _ => false : _ledger.IsOpen, _copy, fields, cancellationToken);
        }
        catch
        {
            if (flushes) _ledger.AbortFlush();
            throw;
        }
        if (!flushes) return;
        _ledger.EndFlush();
        _lastFlush = time.GetTimestamp();
    }

    private static async ValueTask<long> EventsInAsync(NpgsqlConnection connection, int day, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand("SELECT COALESCE(sum(requests), 0)::bigint FROM traffic WHERE span = 60 AND kind = 0 AND start >= $1 AND start < $2", connection)
        {
            Parameters = { new() { Value = day * DayNumber.MinutesPerDay }, new() { Value = (day + 1) * DayNumber.MinutesPerDay } },
        };
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
