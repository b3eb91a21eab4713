using System.Data.Common;

namespace Vedette.Storage.Traffic;

/// <summary>One database's roll-ups at one moment: what its tables hold, and what is in memory still.</summary>
internal sealed class TrafficSnapshot : IAsyncDisposable
{
    private const string Counts = """
        first_minute, last_minute, requests, redirects, client_errors, server_errors, refused, anomalies, authenticated, request_bytes, response_bytes, duration_sum, duration_max, max_score, latency
        """;

    /// <summary>Up to so many keys, finding each costs less than reading all keys of the time.</summary>
    private const int FewKeys = 50;

    private readonly DbConnection _connection;
    private readonly IDisposable _lease;
    private readonly TrafficDialect _dialect;
    private readonly TrafficFilter _filter;
    private readonly IReadOnlyList<TrafficRange> _ranges;
    private IReadOnlyList<TrafficPart> _parts = [];

    private TrafficSnapshot(DbConnection connection, IDisposable lease, TrafficDialect dialect, TrafficFilter filter, IReadOnlyList<TrafficRange> ranges)
    {
        _connection = connection;
        _lease = lease;
        _dialect = dialect;
        _filter = filter;
        _ranges = ranges;
    }

    /// <summary>Takes the memory first, then the tables: see <see cref="TrafficLedger"/>.</summary>
    /// <param name="connection">The database, for this snapshot alone.</param>
    /// <param name="lease">Disposed of with the snapshot, or if it cannot be taken.</param>
    /// <param name="ledger">What is in memory.</param>
    /// <param name="dialect">Of the database.</param>
    /// <param name="filter">Which rows will be read.</param>
    /// <param name="ranges">Of which time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<TrafficSnapshot> TakeAsync(
        DbConnection connection, IDisposable lease, TrafficLedger ledger, TrafficDialect dialect, TrafficFilter filter, IReadOnlyList<TrafficRange> ranges, CancellationToken cancellationToken)
    {
        var snapshot = new TrafficSnapshot(connection, lease, dialect, filter, ranges);
        try
        {
            IReadOnlyList<TrafficPart> parts = ledger.Collect(ranges.Min(static range => range.From), ranges.Max(static range => range.To), filter);
            await snapshot.ExecuteAsync(dialect.BeginRead, cancellationToken);
            await using DbCommand command = snapshot.Command("SELECT rolled_up FROM progress");
            long rolledUp = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            snapshot._parts = [.. parts.Where(part => part.LastWritten > rolledUp)];
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds up requests per key and detail.</summary>
    public async ValueTask RankAsync(Action<string, string, long> onSum, CancellationToken cancellationToken)
    {
        foreach (TrafficRange range in _ranges)
        {
            await using DbCommand command = Select("key, detail, sum(requests)", range, keys: null, " GROUP BY key, detail");
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) onSum(reader.GetString(0), reader.GetString(1), Convert.ToInt64(reader.GetValue(2), System.Globalization.CultureInfo.InvariantCulture));
        }
        foreach ((_, string key, string detail, TrafficCell cell) in CellsInMemory()) onSum(key, detail, cell.Requests);
    }

    /// <summary>Adds up the rows.</summary>
    /// <param name="keys">Of these keys only; null for all.</param>
    /// <param name="cellOf">Gives the counts to add a row to by start of its span, key and detail; null to leave it out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask ReadAsync(IReadOnlyCollection<string>? keys, Func<long, string, string, TrafficCell?> cellOf, CancellationToken cancellationToken)
    {
        foreach (TrafficRange range in _ranges)
        {
            await using DbCommand command = Select($"start, key, detail, {Counts}", range, keys, "");
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                if (cellOf(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)) is { } sum) TrafficRow.AddTo(sum, reader, 3);
        }
        foreach ((long minute, string key, string detail, TrafficCell cell) in CellsInMemory())
            if (keys is null || keys.Contains(key)) cellOf(minute, key, detail)?.Add(cell);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection is broken: there is nothing to end.
        }
        finally
        {
            _lease.Dispose();
        }
    }

    private IEnumerable<(long Minute, string Key, string Detail, TrafficCell Cell)> CellsInMemory() =>
        _parts.SelectMany(static part => part.Cells).Where(cell => _ranges.Any(range => range.Contains(cell.Minute)));

    private DbCommand Select(string columns, TrafficRange range, IReadOnlyCollection<string>? keys, string tail)
    {
        string conditions = "span = @span AND kind = @kind AND start >= @from AND start < @to";
        if (_filter.Key is not null) conditions += " AND key = @key";
        if (_filter.Detail is not null) conditions += " AND detail = @detail";
        if (_filter.RouteInDetail is not null) conditions += $" AND {_dialect.RouteOfDetail} = @route";
        if (keys is not null) conditions += $" AND {_dialect.KeyIsListed}";
        // A busy caller has many pairs, of which one route's are few: those are found by reading all.
        bool areFew = _filter.Key is { Length: > 0 } || (keys is { Count: <= FewKeys } && _filter.RouteInDetail is null);
        string table = areFew ? _dialect.RowsOfFewKeys : "traffic";
        DbCommand command = Command($"SELECT {columns} FROM {table} WHERE {conditions}{tail}");
        Add(command, "span", (int)range.Span);
        Add(command, "kind", (int)_filter.Kind);
        Add(command, "from", range.From);
        Add(command, "to", range.To);
        if (_filter.Key is not null) Add(command, "key", _filter.Key);
        if (_filter.Detail is not null) Add(command, "detail", _filter.Detail);
        if (_filter.RouteInDetail is not null) Add(command, "route", _filter.RouteInDetail);
        if (keys is not null) Add(command, "keys", _dialect.KeyList(keys));
        return command;
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(string sql)
    {
        DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
