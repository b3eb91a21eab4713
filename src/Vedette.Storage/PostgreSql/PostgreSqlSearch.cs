using System.Data.Common;
using System.Globalization;
using Npgsql;
using Vedette.Engine.Normalization;
using Vedette.Storage.Events;
using Vedette.Storage.Sql;

namespace Vedette.Storage.PostgreSql;

/// <summary>Finds events, newest first, within bounds of time.</summary>
internal sealed class PostgreSqlSearch(PostgreSqlServer server, EventQuery query, bool isRoute)
{
    /// <summary>A minute.</summary>
    private const long FirstWindow = 60_000;

    /// <summary>Milliseconds. The limit is still in force while the connection is made ready for its next user, which must not fail.</summary>
    private const int LeastTimeout = 200;

    public static long Milliseconds(DateTimeOffset time) => (long)Math.Ceiling(DayNumber.ToMicros(time) / (double)DayNumber.MicrosPerMillisecond);

    /// <summary>The row read last in the current window: should the window be broken off, what was found in it counts.</summary>
    private EventCursor? _lastRow;

    /// <summary>True if an index leads to the rows without going through others.</summary>
    private bool IsIndexed => query is { Method: null, MinStatus: null, MaxStatus: null, ClientIp: null, User: null, MinDurationMs: null, IsAnomaly: null } && string.IsNullOrEmpty(query.Text) && string.IsNullOrEmpty(query.UserAgent) && (isRoute || query.Endpoint is null);

    /// <summary>Goes through the matching rows.</summary>
    /// <returns>Where to go on if the time was up; null if all was looked at or enough was found.</returns>
    public async ValueTask<EventCursor?> WalkAsync(EventCursor? cursor, int limit, Action<NpgsqlDataReader> onRow, CancellationToken cancellationToken)
    {
        int found = 0;
        return await WindowsAsync(cursor, async (connection, first, below) =>
        {
            SqlConditions conditions = ConditionsOf(first, below);
            await using DbCommand command = conditions.Command(connection, $"SELECT {PostgreSqlEventRow.Columns} FROM events",
                string.Create(CultureInfo.InvariantCulture, $" ORDER BY time_ms DESC, seq DESC LIMIT {limit - found}"));
            await using var reader = (NpgsqlDataReader)await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                onRow(reader);
                found++;
                _lastRow = new EventCursor(reader.GetInt64(0), reader.GetInt64(1), 0);
            }
            return found >= limit;
        }, cancellationToken);
    }

    public async ValueTask<long> CountAsync(long limit, CancellationToken cancellationToken)
    {
        long count = 0;
        await WindowsAsync(null, async (connection, first, below) =>
        {
            await using DbCommand command = ConditionsOf(first, below).Command(connection, "SELECT count(*) FROM (SELECT 1 FROM events", string.Create(CultureInfo.InvariantCulture, $" LIMIT {limit - count}) AS counted"));
            count += (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            return count >= limit;
        }, cancellationToken);
        return count;
    }

    private async ValueTask<EventCursor?> WindowsAsync(EventCursor? cursor, Func<NpgsqlConnection, EventCursor, EventCursor, ValueTask<bool>> isEnough, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await server.Source.OpenConnectionAsync(cancellationToken);
        if (await BoundsAsync(connection, cursor, cancellationToken) is not var (first, below)) return null;
        var pace = new SearchPace(query);
        long length = IsIndexed ? long.MaxValue : FirstWindow;
        bool isFirst = true;
        while (below.Block > first.Block || (below.Block == first.Block && below.Id > first.Id))
        {
            if (!isFirst && pace.IsOver) return below;
            EventCursor from = length >= below.Block - first.Block ? first : new EventCursor(below.Block - length, 0, 0);
            pace.BeginWindow();
            bool wasBrokenOff = false;
            _lastRow = null;
            try
            {
                await LimitAsync(connection, length > 1 ? pace.WindowTime : null, cancellationToken);
                if (await isEnough(connection, from, below)) return null;
                below = from;
                isFirst = false;
            }
            catch (PostgresException e) when (PostgreSqlFailure.IsTimeout(e) && length > 1 && !IsIndexed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                wasBrokenOff = true;
                below = _lastRow ?? below;
                length = Math.Min(length, below.Block - first.Block);
            }
            length = pace.NextLength(length, wasBrokenOff);
        }
        return null;
    }

    /// <summary>A window must not take long, unless it cannot be made shorter. The setting ends with the connection's return to the pool.</summary>
    private async ValueTask LimitAsync(NpgsqlConnection connection, TimeSpan? window, CancellationToken cancellationToken)
    {
        if (IsIndexed) return;
        string time = window is { } most ? Math.Max(LeastTimeout, (int)most.TotalMilliseconds * 2).ToString(CultureInfo.InvariantCulture) : "DEFAULT";
        await using var command = new NpgsqlCommand($"SET statement_timeout TO {time}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>First and last moment worth looking at; null if there is none.</summary>
    private async ValueTask<(EventCursor First, EventCursor Below)?> BoundsAsync(NpgsqlConnection connection, EventCursor? cursor, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT min(time_ms), max(time_ms) FROM events", connection);
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || await reader.IsDBNullAsync(0, cancellationToken)) return null;
        long first = reader.GetInt64(0), end = reader.GetInt64(1) + 1;
        if (query.From is { } from) first = Math.Max(first, Milliseconds(from));
        if (query.To is { } to) end = Math.Min(end, Milliseconds(to));
        var below = new EventCursor(end, 0, 0);
        if (cursor is { } after && (after.Block, after.Id).CompareTo((below.Block, below.Id)) < 0) below = after;
        return (new EventCursor(first, 0, 0), below);
    }

    private SqlConditions ConditionsOf(EventCursor first, EventCursor below)
    {
        var conditions = new SqlConditions();
        conditions.Add("time_ms >= @", first.Block);
        conditions.Add("time_ms <= @", below.Block);
        conditions.AddAfter("time_ms", "seq", below.Block, below.Id);
        conditions.Add(isRoute ? "route COLLATE \"C\" = @" : "path = @", query.Endpoint);
        conditions.Add("method = @", query.Method);
        conditions.Add("status >= @", query.MinStatus);
        conditions.Add("status <= @", query.MaxStatus);
        conditions.Add("user_name = @", query.User);
        conditions.Add("duration >= @", query.MinDurationMs is { } duration ? (long)Math.Ceiling(duration * 1000) : null);
        conditions.Add("flags & 1 = @", query.IsAnomaly is { } isAnomaly ? (isAnomaly ? 1 : 0) : null);
        if (query.ClientIp is { } client) AddClient(conditions, client);
        if (query.UserAgent is { Length: > 0 } agent) conditions.Add(@"agent ILIKE @ ESCAPE '\'", LikePattern.Containing(agent));
        if (query.Text is { Length: > 0 } text) conditions.Add(@"(path ILIKE @ ESCAPE '\' OR query ILIKE @ ESCAPE '\' OR agent ILIKE @ ESCAPE '\')", LikePattern.Containing(text));
        return conditions;
    }

    private static void AddClient(SqlConditions conditions, string client)
    {
        if (!NetworkRange.TryParse(client, out NetworkRange range))
        {
            conditions.Add("client_name = @", client);
            return;
        }
        var (first, last) = ClientRange.Of(range);
        conditions.Add("client >= @", PostgreSqlAddress.ToBytes(first));
        conditions.Add("client <= @", PostgreSqlAddress.ToBytes(last));
    }
}
