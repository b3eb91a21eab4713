using System.Buffers;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Sqlite;

/// <summary>The roll-up rows of one day's file.</summary>
internal sealed class SqliteTrafficTable(SqliteDatabase database)
{
    private readonly ArrayBufferWriter<byte> _latency = new();

    private SqliteStatement Select => database.Prepared("""
        SELECT key, detail, first_minute, last_minute, requests, client_errors, server_errors, refused, anomalies, authenticated, request_bytes, response_bytes,
          duration_sum, duration_max, max_score, latency, redirects
        FROM traffic WHERE span = ? AND kind = ? AND start = ?
        """);

    private SqliteStatement Upsert => database.Prepared("INSERT OR REPLACE INTO traffic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private SqliteStatement Delete => database.Prepared("DELETE FROM traffic WHERE span = ? AND kind = ? AND start = ? AND key = ? AND detail = ?");

    /// <summary>Adds counts to the table; inside a transaction.</summary>
    public void Add(TrafficDelta delta)
    {
        foreach (TrafficGroup group in delta.ToGroups())
        {
            TrafficChange change = group.MergeInto(Load(group));
            foreach (byte[] key in change.Deleted) Remove(group, key);
            foreach ((byte[] key, TrafficCell cell) in change.Written) Write(group, key, cell);
        }
    }

    private List<(byte[] Key, TrafficCell Cell)> Load(TrafficGroup group)
    {
        var rows = new List<(byte[] Key, TrafficCell Cell)>();
        SqliteStatement select = Select;
        BindGroup(select, group);
        while (select.Step())
        {
            var cell = new TrafficCell
            {
                FirstMinute = select.Int64(2),
                LastMinute = select.Int64(3),
                Requests = select.Int64(4),
                ClientErrors = select.Int64(5),
                ServerErrors = select.Int64(6),
                Refused = select.Int64(7),
                Anomalies = select.Int64(8),
                Authenticated = select.Int64(9),
                RequestBytes = select.Int64(10),
                ResponseBytes = select.Int64(11),
                DurationSum = select.Int64(12),
                DurationMax = select.Int64(13),
                MaxScore = select.Double(14),
                Redirects = select.Int64(16),
            };
            cell.Latency.Add(select.Bytes(15));
            rows.Add((TrafficKey.Of(group.Kind, select.Text(0)!, select.Text(1)!), cell));
        }
        select.Reset();
        return rows;
    }

    private void Write(TrafficGroup group, byte[] bytes, TrafficCell cell)
    {
        SqliteStatement upsert = Upsert;
        BindGroup(upsert, group);
        (string key, string detail) = TrafficKey.Read(bytes);
        upsert.BindText(4, key);
        upsert.BindText(5, detail);
        upsert.Bind(6, cell.FirstMinute);
        upsert.Bind(7, cell.LastMinute);
        upsert.Bind(8, cell.Requests);
        upsert.Bind(9, cell.ClientErrors);
        upsert.Bind(10, cell.ServerErrors);
        upsert.Bind(11, cell.Refused);
        upsert.Bind(12, cell.Anomalies);
        upsert.Bind(13, cell.Authenticated);
        upsert.Bind(14, cell.RequestBytes);
        upsert.Bind(15, cell.ResponseBytes);
        upsert.Bind(16, cell.DurationSum);
        upsert.Bind(17, cell.DurationMax);
        upsert.Bind(18, cell.MaxScore);
        _latency.ResetWrittenCount();
        cell.Latency.Write(_latency);
        upsert.BindBlob(19, _latency.WrittenSpan);
        upsert.Bind(20, cell.Redirects);
        upsert.Execute();
    }

    private void Remove(TrafficGroup group, byte[] bytes)
    {
        SqliteStatement delete = Delete;
        BindGroup(delete, group);
        (string key, string detail) = TrafficKey.Read(bytes);
        delete.BindText(4, key);
        delete.BindText(5, detail);
        delete.Execute();
    }

    private static void BindGroup(SqliteStatement statement, TrafficGroup group)
    {
        statement.Bind(1, (long)group.Span);
        statement.Bind(2, (long)group.Kind);
        statement.Bind(3, group.Start);
    }
}
