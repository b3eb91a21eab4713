using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Vedette.Engine.Events;

/// <summary>Writes an event as JSON, with the field names users know. Absent fields are left out.</summary>
public static class EventJson
{
    /// <summary>Writes one object. Times are RFC 3339 UTC with milliseconds; bytes that are no UTF-8 become U+FFFD.</summary>
    public static void Write(Utf8JsonWriter json, EventBatch batch, in HttpEvent e)
    {
        json.WriteStartObject();
        if (e.TimeMicros != HttpEvent.Unknown) WriteTime(json, "timestamp"u8, e.TimeMicros);
        WriteText(json, "method"u8, batch[e.MethodText]);
        WriteText(json, "path"u8, batch[e.Path]);
        WriteText(json, "query"u8, batch[e.Query]);
        if (e.Status != 0) json.WriteNumber("status"u8, e.Status);
        if (e.DurationMicros != HttpEvent.Unknown) json.WriteNumber("duration_ms"u8, e.DurationMicros / 1000m);
        WriteClient(json, batch, e);
        WriteText(json, "user"u8, batch[e.User]);
        WriteText(json, "session"u8, batch[e.Session]);
        WriteText(json, "api_key"u8, batch[e.ApiKey]);
        if (e.RequestBytes != HttpEvent.Unknown) json.WriteNumber("request_bytes"u8, e.RequestBytes);
        if (e.ResponseBytes != HttpEvent.Unknown) json.WriteNumber("response_bytes"u8, e.ResponseBytes);
        WriteText(json, "user_agent"u8, batch[e.UserAgent]);
        WriteText(json, "referer"u8, batch[e.Referer]);
        WriteText(json, "host"u8, batch[e.Host]);
        WriteText(json, "protocol"u8, batch[e.Protocol]);
        WriteText(json, "route"u8, batch[e.Route]);
        WriteText(json, "x_forwarded_for"u8, batch[e.ForwardedFor]);
        WriteText(json, "cookies"u8, batch[e.Cookies]);
        WriteText(json, "headers"u8, batch[e.Headers]);
        WriteText(json, "body"u8, batch[e.Body]);
        if ((e.Flags & EventFlags.MalformedRequest) != 0) json.WriteBoolean("malformed_request"u8, true);
        json.WriteEndObject();
    }

    /// <summary>Writes a time in microseconds since 1970 as RFC 3339 UTC with milliseconds.</summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, long micros)
    {
        Span<byte> text = stackalloc byte[32];
        DateTime.UnixEpoch.AddMilliseconds(Math.Floor(micros / 1000.0)).TryFormat(text, out int length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static void WriteClient(Utf8JsonWriter json, EventBatch batch, in HttpEvent e)
    {
        if (!e.ClientName.IsEmpty) WriteText(json, "client_ip"u8, batch[e.ClientName]);
        else if (!e.Client.IsUnknown) json.WriteString("client_ip"u8, e.Client.ToString());
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        // The writer throws on bytes that are no UTF-8; decoding replaces them.
        if (System.Text.Unicode.Utf8.IsValid(text)) json.WriteString(name, text);
        else json.WriteString(name, Encoding.UTF8.GetString(text));
    }
}
