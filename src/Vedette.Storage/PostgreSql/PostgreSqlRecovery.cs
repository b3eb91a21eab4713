using System.Text;
using Npgsql;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.PostgreSql;

/// <summary>Counts again what a crash left uncounted.</summary>
internal static class PostgreSqlRecovery
{
    /// <summary>Counts the rows that the roll-ups do not.</summary>
    public static async ValueTask<TrafficDelta> CountOpenMinutesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var delta = new TrafficDelta();
        await using var rows = new NpgsqlCommand("""
            SELECT seq, time_ms, method, route, client, client_name, user_name, api_key, session IS NOT NULL, status, duration, request_bytes, response_bytes, score, flags
            FROM open_minutes JOIN events ON time_ms >= minute * 60000 AND time_ms < (minute + 1) * 60000
            WHERE seq > (SELECT rolled_up FROM progress)
            """, connection);
        await using NpgsqlDataReader reader = await rows.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) Count(reader, delta);
        return delta;
    }

    private static void Count(NpgsqlDataReader row, TrafficDelta delta)
    {
        byte[] user = Text(row, 6), key = Text(row, 7);
        var keys = new EventKeys
        {
            Method = Text(row, 2),
            Route = Text(row, 3),
            Client = row.IsDBNull(4) ? default : PostgreSqlAddress.FromBytes(row.GetFieldValue<byte[]>(4)),
            ClientName = Text(row, 5),
            Principal = user.Length > 0 ? user : key,
        };
        var flags = (StoredFlags)row.GetInt16(14);
        delta.Add(row.GetInt64(1) / 60_000, row.GetInt64(0), keys, new EventFacts(row.IsDBNull(9) ? 0 : row.GetInt16(9), Number(row, 10), Number(row, 11), Number(row, 12),
            (flags & StoredFlags.Anomaly) != 0, user.Length > 0 || key.Length > 0 || row.GetBoolean(8), EventScore.FromStored(row.GetInt16(13))));
    }

    private static byte[] Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : Encoding.UTF8.GetBytes(row.GetString(column));

    private static long Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? HttpEvent.Unknown : row.GetInt64(column);
}
