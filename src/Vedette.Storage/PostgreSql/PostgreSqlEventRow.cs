using System.Globalization;
using System.Text;
using Npgsql;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Sql;

namespace Vedette.Storage.PostgreSql;

/// <summary>Reads rows of events.</summary>
internal static class PostgreSqlEventRow
{
    public const string Columns = """
        time_ms, seq, micros, method, path, query, route, status, duration, client, client_name, user_name, session, api_key, request_bytes, response_bytes,
        agent, referer, host, protocol, source, headers, body, score, types, flags
        """;

    public static StoredEvent Read(NpgsqlDataReader row)
    {
        var flags = (StoredFlags)row.GetInt16(25);
        return new StoredEvent
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(0):x12}{row.GetInt64(1):x16}"),
            Timestamp = DayNumber.FromMicros(TimeMicros(row)),
            Method = row.Text(3),
            Path = row.Text(4),
            Query = row.Text(5),
            Endpoint = row.Text(6),
            Status = row.IsDBNull(7) ? null : row.GetInt16(7),
            DurationMs = row.IsDBNull(8) ? null : row.GetInt64(8) / 1000.0,
            ClientIp = row.Text(10) ?? (row.IsDBNull(9) ? null : PostgreSqlAddress.FromBytes(row.GetFieldValue<byte[]>(9)).ToString()),
            User = row.Text(11),
            Session = row.Text(12),
            ApiKey = row.Text(13),
            RequestBytes = Number(row, 14),
            ResponseBytes = Number(row, 15),
            UserAgent = row.Text(16),
            Referer = row.Text(17),
            Host = row.Text(18),
            Protocol = row.Text(19),
            Source = row.Text(20),
            Headers = row.Text(21),
            Body = row.Text(22),
            AnomalyScore = EventScore.FromStored(row.GetInt16(23)),
            Types = row.Text(24)?.Split(',') ?? [],
            IsAnomaly = (flags & StoredFlags.Anomaly) != 0,
            IsLate = (flags & StoredFlags.Late) != 0,
        };
    }

    /// <summary>Adds the event of a row to a batch.</summary>
    public static void Add(NpgsqlDataReader row, EventBatch fill)
    {
        ref HttpEvent e = ref fill.AddEvent();
        e.Line = row.GetInt64(1);
        e.TimeMicros = TimeMicros(row);
        e.MethodText = Text(row, 3, fill);
        e.Method = RequestMethods.Parse(fill[e.MethodText]);
        e.Path = Text(row, 4, fill);
        e.Query = Text(row, 5, fill);
        e.Route = Text(row, 6, fill);
        if (!row.IsDBNull(7)) e.Status = row.GetInt16(7);
        if (!row.IsDBNull(8)) e.DurationMicros = row.GetInt64(8);
        e.ClientName = Text(row, 10, fill);
        if (!row.IsDBNull(9)) e.Client = PostgreSqlAddress.FromBytes(row.GetFieldValue<byte[]>(9));
        else if (!e.ClientName.IsEmpty) e.Client = NetworkAddress.FromName(fill[e.ClientName]);
        e.User = Text(row, 11, fill);
        e.Session = Text(row, 12, fill);
        e.ApiKey = Text(row, 13, fill);
        e.RequestBytes = Number(row, 14) ?? HttpEvent.Unknown;
        e.ResponseBytes = Number(row, 15) ?? HttpEvent.Unknown;
        e.UserAgent = Text(row, 16, fill);
        e.Referer = Text(row, 17, fill);
        e.Host = Text(row, 18, fill);
        e.Protocol = Text(row, 19, fill);
        e.Headers = Text(row, 21, fill);
        e.Body = Text(row, 22, fill);
        e.Flags = ((StoredFlags)row.GetInt16(25)).ToEvent();
        e.Raw = ReplayedLine.Append(fill, e);
    }

    private static long TimeMicros(NpgsqlDataReader row) => row.GetInt64(0) * DayNumber.MicrosPerMillisecond + row.GetInt16(2);

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static Utf8Slice Text(NpgsqlDataReader row, int column, EventBatch fill) => row.IsDBNull(column) ? default : fill.Append(Encoding.UTF8.GetBytes(row.GetString(column)));
}
