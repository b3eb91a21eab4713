using System.Buffers.Binary;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Writes one event as a row.</summary>
internal sealed class SqliteEventInsert(SqliteDatabase database, SqliteTerms terms)
{
    private readonly SqliteStatement _insert = database.Prepared("""
        INSERT INTO events (id, micros, method, path, query, route, status, duration, client, user, session, api_key, request_bytes, response_bytes,
          agent, referer, host, protocol, source, headers, body, score, types, flags)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    public void Write(long id, long timeMicros, in HttpEvent request, in EventOutcome outcome, in EventFields fields)
    {
        _insert.Bind(1, id);
        _insert.Bind(2, timeMicros % DayNumber.MicrosPerMillisecond);
        BindTerm(3, fields.Method);
        _insert.BindTextOrNull(4, fields.Path);
        _insert.BindTextOrNull(5, fields.Query);
        BindRoute(6, fields.Route);
        BindNumber(7, request.Status == 0 ? HttpEvent.Unknown : request.Status);
        BindNumber(8, request.DurationMicros);
        BindClient(9, request.Client, fields.ClientName);
        _insert.BindTextOrNull(10, fields.User);
        _insert.BindTextOrNull(11, fields.Session);
        BindTerm(12, fields.ApiKey);
        BindNumber(13, request.RequestBytes);
        BindNumber(14, request.ResponseBytes);
        BindTerm(15, fields.Agent);
        BindTerm(16, fields.Referer);
        BindTerm(17, fields.Host);
        BindTerm(18, fields.Protocol);
        BindTerm(19, fields.Source);
        _insert.BindTextOrNull(20, fields.Headers);
        _insert.BindTextOrNull(21, fields.Body);
        _insert.Bind(22, EventScore.ToStored(outcome.Score));
        BindTerm(23, fields.Types);
        _insert.Bind(24, (long)StoredFlagsOf.Event(request, outcome));
        _insert.Execute();
    }

    private void BindNumber(int parameter, long value)
    {
        if (value == HttpEvent.Unknown) _insert.BindNull(parameter);
        else _insert.Bind(parameter, value);
    }

    private void BindTerm(int parameter, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) _insert.BindNull(parameter);
        else if (terms.TryGet(text, isRoute: false, out long id)) _insert.Bind(parameter, id);
        else _insert.BindText(parameter, text);
    }

    private void BindRoute(int parameter, ReadOnlySpan<byte> route)
    {
        if (!route.IsEmpty && terms.TryGet(route, isRoute: true, out long id)) _insert.Bind(parameter, id);
        else _insert.BindNull(parameter);
    }

    private void BindClient(int parameter, NetworkAddress client, ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty) _insert.BindText(parameter, name);
        else if (client.IsUnknown) _insert.BindNull(parameter);
        else if (client.IsIPv4) _insert.Bind(parameter, (uint)client.Low);
        else
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, client.High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], client.Low);
            _insert.BindBlob(parameter, bytes);
        }
    }
}
