using System.Buffers;
using Npgsql;
using NpgsqlTypes;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.PostgreSql;

/// <summary>The roll-up rows.</summary>
internal sealed class PostgreSqlTrafficTable(NpgsqlConnection connection)
{
    private const string Columns = """
        first_minute, last_minute, requests, redirects, client_errors, server_errors, refused, anomalies, authenticated, request_bytes, response_bytes, duration_sum, duration_max, max_score, latency
        """;

    private static readonly Func<TrafficCell, long>[] Numbers =
    [
        static cell => cell.FirstMinute, static cell => cell.LastMinute, static cell => cell.Requests, static cell => cell.Redirects, static cell => cell.ClientErrors, static cell => cell.ServerErrors, static cell => cell.Refused,
        static cell => cell.Anomalies, static cell => cell.Authenticated, static cell => cell.RequestBytes, static cell => cell.ResponseBytes, static cell => cell.DurationSum, static cell => cell.DurationMax,
    ];

    private static readonly string Upsert = $"""
        INSERT INTO traffic (span, kind, start, key, detail, {Columns})
        SELECT $1, $2, $3, * FROM unnest({string.Join(", ", Enumerable.Range(4, 4 + Numbers.Length).Select(static i => $"${i}"))})
        ON CONFLICT (span, kind, start, key, detail) DO UPDATE SET {string.Join(", ", Columns.Split(',', StringSplitOptions.TrimEntries).Select(static column => $"{column} = excluded.{column}"))}
        """;

    /// <summary>Adds counts to the table; inside a transaction.</summary>
    public async ValueTask AddAsync(TrafficDelta delta, CancellationToken cancellationToken)
    {
        foreach (TrafficGroup group in delta.ToGroups())
        {
            TrafficChange change = group.MergeInto(await LoadAsync(group, cancellationToken));
            if (change.Deleted.Count > 0) await DeleteAsync(group, change.Deleted, cancellationToken);
            if (change.Written.Count > 0) await WriteAsync(group, change.Written, cancellationToken);
        }
    }

    private async ValueTask<List<(byte[] Key, TrafficCell Cell)>> LoadAsync(TrafficGroup group, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command($"SELECT key, detail, {Columns} FROM traffic WHERE span = $1 AND kind = $2 AND start = $3", group);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(byte[] Key, TrafficCell Cell)>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add((TrafficKey.Of(group.Kind, reader.GetString(0), reader.GetString(1)), TrafficRow.Read(reader, 2)));
        return rows;
    }

    private async ValueTask WriteAsync(TrafficGroup group, IReadOnlyList<(byte[] Key, TrafficCell Cell)> rows, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(Upsert, group);
        AddKeys(command, rows.Select(static row => row.Key));
        foreach (Func<TrafficCell, long> number in Numbers) Add(command, rows.Select(row => number(row.Cell)).ToArray(), NpgsqlDbType.Bigint);
        Add(command, rows.Select(static row => row.Cell.MaxScore).ToArray(), NpgsqlDbType.Double);
        Add(command, rows.Select(static row => Latency(row.Cell)).ToArray(), NpgsqlDbType.Bytea);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask DeleteAsync(TrafficGroup group, IReadOnlyList<byte[]> keys, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command("DELETE FROM traffic WHERE span = $1 AND kind = $2 AND start = $3 AND (key, detail) IN (SELECT * FROM unnest($4, $5))", group);
        AddKeys(command, keys);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, TrafficGroup group) => new(sql, connection)
    {
        Parameters = { new() { Value = (short)group.Span }, new() { Value = (short)group.Kind }, new() { Value = group.Start } },
    };

    private static void AddKeys(NpgsqlCommand command, IEnumerable<byte[]> keys)
    {
        (string Key, string Detail)[] texts = [.. keys.Select(static key => TrafficKey.Read(key))];
        Add(command, texts.Select(static text => text.Key).ToArray(), NpgsqlDbType.Text);
        Add(command, texts.Select(static text => text.Detail).ToArray(), NpgsqlDbType.Text);
    }

    private static void Add(NpgsqlCommand command, Array values, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });

    private static byte[] Latency(TrafficCell cell)
    {
        var bytes = new ArrayBufferWriter<byte>(32);
        cell.Latency.Write(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
