using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Makes events of rows again.</summary>
internal static class SqliteReplay
{
    private const int EventsPerBatch = 4096;

    private static readonly string Select = $"SELECT {SqliteEventRow.Columns} FROM events WHERE id >= ? AND id < ? ORDER BY id LIMIT {EventsPerBatch}";

    /// <summary>Fills a batch with the first rows whose keys are in [<paramref name="from"/>, <paramref name="end"/>).</summary>
    /// <returns>The key to go on from; <paramref name="end"/> if there are no more.</returns>
    public static long Fill(SqliteDatabase database, int day, long from, long end, EventBatch fill)
    {
        fill.Clear();
        fill.IsParsed = true;
        SqliteStatement rows = database.Prepared(Select);
        rows.Bind(1, from);
        rows.Bind(2, end);
        long last = from;
        try
        {
            while (rows.Step())
            {
                last = rows.Int64(0);
                Add(fill, day, rows);
            }
        }
        finally
        {
            rows.Reset();
        }
        return fill.EventCount < EventsPerBatch ? end : last + 1;
    }

    private static void Add(EventBatch fill, int day, SqliteStatement row)
    {
        ref HttpEvent e = ref fill.AddEvent();
        long id = row.Int64(0);
        e.Line = EventId.Written(id);
        e.TimeMicros = EventId.TimeMicros(day, id, row.Int64(1));
        e.MethodText = fill.Append(row.Bytes(2));
        e.Method = RequestMethods.Parse(row.Bytes(2));
        e.Path = fill.Append(row.Bytes(3));
        e.Query = fill.Append(row.Bytes(4));
        e.Route = fill.Append(row.Bytes(5));
        if (!row.IsNull(6)) e.Status = (short)row.Int64(6);
        if (!row.IsNull(7)) e.DurationMicros = row.Int64(7);
        e.Client = SqliteColumns.ClientOf(row, 8);
        if (e.Client.IsName) e.ClientName = fill.Append(row.Bytes(8));
        e.User = fill.Append(row.Bytes(9));
        e.Session = fill.Append(row.Bytes(10));
        e.ApiKey = fill.Append(row.Bytes(11));
        if (!row.IsNull(12)) e.RequestBytes = row.Int64(12);
        if (!row.IsNull(13)) e.ResponseBytes = row.Int64(13);
        e.UserAgent = fill.Append(row.Bytes(14));
        e.Referer = fill.Append(row.Bytes(15));
        e.Host = fill.Append(row.Bytes(16));
        e.Protocol = fill.Append(row.Bytes(17));
        e.Headers = fill.Append(row.Bytes(19));
        e.Body = fill.Append(row.Bytes(20));
        e.Flags = ((StoredFlags)row.Int64(23)).ToEvent();
        e.Raw = ReplayedLine.Append(fill, e);
    }
}
