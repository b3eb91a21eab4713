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

    /// <summary>Parameters bound to NULL, by bit: bindings stay from row to row, and most absent fields are absent in all rows.</summary>
    private uint _nulls;

    public void Write(long id, long timeMicros, in HttpEvent request, in EventOutcome outcome, in EventFields fields)
    {
        _insert.Bind(1, id);
        _insert.Bind(2, timeMicros % DayNumber.MicrosPerMillisecond);
        BindTerm(3, fields.Method);
        BindText(4, fields.Path);
        BindText(5, fields.Query);
        BindRoute(6, fields.Route);
        BindNumber(7, request.Status == 0 ? HttpEvent.Unknown : request.Status);
        BindNumber(8, request.DurationMicros);
        BindClient(9, request.Client, fields.ClientName);
        BindText(10, fields.User);
        BindText(11, fields.Session);
        BindTerm(12, fields.ApiKey);
        BindNumber(13, request.RequestBytes);
        BindNumber(14, request.ResponseBytes);
        BindTerm(15, fields.Agent);
        BindTerm(16, fields.Referer);
        BindTerm(17, fields.Host);
        BindTerm(18, fields.Protocol);
        BindTerm(19, fields.Source);
        BindText(20, fields.Headers);
        BindText(21, fields.Body);
        _insert.Bind(22, EventScore.ToStored(outcome.Score));
        BindTerm(23, fields.Types);
        _insert.Bind(24, (long)StoredFlagsOf.Event(request, outcome));
        _insert.Execute();
    }

    private void BindNumber(int parameter, long value)
    {
        if (value == HttpEvent.Unknown) BindNull(parameter);
        else BindInteger(parameter, value);
    }

    private void BindTerm(int parameter, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) BindNull(parameter);
        else if (terms.TryGet(text, isRoute: false, out long id)) BindInteger(parameter, id);
        else BindText(parameter, text);
    }

    private void BindRoute(int parameter, ReadOnlySpan<byte> route)
    {
        if (!route.IsEmpty && terms.TryGet(route, isRoute: true, out long id)) BindInteger(parameter, id);
        else BindNull(parameter);
    }

    private void BindClient(int parameter, NetworkAddress client, ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty) BindText(parameter, name);
        else if (client.IsUnknown) BindNull(parameter);
        else if (client.IsIPv4) BindInteger(parameter, (uint)client.Low);
        else
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, client.High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], client.Low);
            _nulls &= ~(1u << parameter);
            _insert.BindBlob(parameter, bytes);
        }
    }

    private void BindInteger(int parameter, long value)
    {
        _nulls &= ~(1u << parameter);
        _insert.Bind(parameter, value);
    }

    private void BindText(int parameter, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            BindNull(parameter);
            return;
        }
        _nulls &= ~(1u << parameter);
        _insert.BindText(parameter, text);
    }

    private void BindNull(int parameter)
    {
        if ((_nulls & 1u << parameter) != 0) return;
        _nulls |= 1u << parameter;
        _insert.BindNull(parameter);
    }
}
