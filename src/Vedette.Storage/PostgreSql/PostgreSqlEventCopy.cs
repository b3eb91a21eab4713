using System.Text;
using Npgsql;
using NpgsqlTypes;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.PostgreSql;

/// <summary>Writes events by binary COPY.</summary>
internal sealed class PostgreSqlEventCopy
{
    private const string Columns = """
        time_ms, seq, micros, method, path, query, route, status, duration, client, client_name, user_name, session, api_key, request_bytes, response_bytes,
        agent, referer, host, protocol, source, headers, body, score, types, flags
        """;

    private readonly SharedTexts _texts = new();

    /// <summary>Writes a day's share into its partition; inside a transaction. The events get the numbers of writing after <paramref name="written"/>.</summary>
    public async ValueTask WriteAsync(NpgsqlConnection connection, string partition, DayShare share, long written, EventFieldReader fields, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync($"COPY {partition} ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        // Rows go into the driver's buffer; waiting for each of them would cost more than the row.
        for (int i = 0; i < share.Count; i++) WriteRow(copy, share, i, written + 1 + i, fields);
        await copy.CompleteAsync(cancellationToken);
    }

    private void WriteRow(NpgsqlBinaryImporter copy, DayShare share, int index, long number, EventFieldReader reader)
    {
        (EventAppend append, int at, long timeMicros) = share[index];
        ref readonly HttpEvent request = ref append.Events.Events[at];
        ref readonly EventOutcome outcome = ref append.Outcomes.Span[at];
        EventFields fields = reader.Read(append.Events, request, outcome, append.SourceNames);
        copy.StartRow();
        copy.Write(timeMicros / DayNumber.MicrosPerMillisecond, NpgsqlDbType.Bigint);
        copy.Write(number, NpgsqlDbType.Bigint);
        copy.Write((short)(timeMicros % DayNumber.MicrosPerMillisecond), NpgsqlDbType.Smallint);
        WriteShared(copy, fields.Method);
        WriteText(copy, fields.Path);
        WriteText(copy, fields.Query);
        WriteShared(copy, fields.Route);
        if (request.Status == 0) copy.WriteNull();
        else copy.Write(request.Status, NpgsqlDbType.Smallint);
        WriteNumber(copy, request.DurationMicros);
        WriteAddress(copy, fields.ClientName.IsEmpty ? request.Client : default);
        WriteText(copy, fields.ClientName);
        WriteShared(copy, fields.User);
        WriteText(copy, fields.Session);
        WriteShared(copy, fields.ApiKey);
        WriteNumber(copy, request.RequestBytes);
        WriteNumber(copy, request.ResponseBytes);
        WriteShared(copy, fields.Agent);
        WriteShared(copy, fields.Referer);
        WriteShared(copy, fields.Host);
        WriteShared(copy, fields.Protocol);
        WriteShared(copy, fields.Source);
        WriteText(copy, fields.Headers);
        WriteText(copy, fields.Body);
        copy.Write((short)EventScore.ToStored(outcome.Score), NpgsqlDbType.Smallint);
        WriteShared(copy, fields.Types);
        copy.Write((short)StoredFlagsOf.Event(request, outcome), NpgsqlDbType.Smallint);
    }

    private static void WriteText(NpgsqlBinaryImporter copy, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) copy.WriteNull();
        else copy.Write(Encoding.UTF8.GetString(text), NpgsqlDbType.Text);
    }

    private void WriteShared(NpgsqlBinaryImporter copy, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) copy.WriteNull();
        else copy.Write(_texts.Of(text), NpgsqlDbType.Text);
    }

    private static void WriteNumber(NpgsqlBinaryImporter copy, long value)
    {
        if (value == HttpEvent.Unknown) copy.WriteNull();
        else copy.Write(value, NpgsqlDbType.Bigint);
    }

    private static void WriteAddress(NpgsqlBinaryImporter copy, NetworkAddress address)
    {
        if (address.IsUnknown) copy.WriteNull();
        else copy.Write(PostgreSqlAddress.ToBytes(address), NpgsqlDbType.Bytea);
    }
}
