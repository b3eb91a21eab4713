using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Reads rows of events as they are shown.</summary>
internal static class SqliteEventRow
{
    public static readonly string Columns = $"""
        id, micros, {SqliteColumns.Term("method")}, path, query, {SqliteColumns.Route}, status, duration, client, user, session, {SqliteColumns.Term("api_key")},
        request_bytes, response_bytes, {SqliteColumns.Term("agent")}, {SqliteColumns.Term("referer")}, {SqliteColumns.Term("host")}, {SqliteColumns.Term("protocol")},
        {SqliteColumns.Term("source")}, headers, body, score, {SqliteColumns.Term("types")}, flags
        """;

    public static StoredEvent Read(int day, SqliteStatement row)
    {
        long id = row.Int64(0);
        var flags = (StoredFlags)row.Int64(23);
        return new StoredEvent
        {
            Id = EventId.Format(day, id),
            Timestamp = DayNumber.FromMicros(EventId.TimeMicros(day, id, row.Int64(1))),
            Method = row.Text(2),
            Path = row.Text(3),
            Query = row.Text(4),
            Endpoint = row.Text(5),
            Status = row.IsNull(6) ? null : (int)row.Int64(6),
            DurationMs = row.IsNull(7) ? null : row.Int64(7) / 1000.0,
            ClientIp = SqliteColumns.ClientText(row, 8),
            User = row.Text(9),
            Session = row.Text(10),
            ApiKey = row.Text(11),
            RequestBytes = Number(row, 12),
            ResponseBytes = Number(row, 13),
            UserAgent = row.Text(14),
            Referer = row.Text(15),
            Host = row.Text(16),
            Protocol = row.Text(17),
            Source = row.Text(18),
            Headers = row.Text(19),
            Body = row.Text(20),
            AnomalyScore = EventScore.FromStored(row.Int64(21)),
            Types = row.Text(22)?.Split(',') ?? [],
            IsAnomaly = (flags & StoredFlags.Anomaly) != 0,
            IsLate = (flags & StoredFlags.Late) != 0,
        };
    }

    private static long? Number(SqliteStatement row, int column) => row.IsNull(column) ? null : row.Int64(column);
}
