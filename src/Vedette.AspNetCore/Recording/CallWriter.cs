using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Vedette.AspNetCore.Recording;

/// <summary>Writes calls as JSON lines, with the field names every door of Vedette reads. For one thread.</summary>
internal sealed class CallWriter : IDisposable
{
    /// <summary>Longest text of one field; what a caller sends beyond is cut.</summary>
    private const int MaxText = 8192;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    public CallWriter() => _json = new Utf8JsonWriter(_line);

    /// <summary>The call as one line without line end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(RecordedCall call)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        Write(_json, call);
        _json.Flush();
        return _line.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private static void Write(Utf8JsonWriter json, RecordedCall call)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", call.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        WriteText(json, "method", call.Method);
        int question = call.Target.IndexOf('?', StringComparison.Ordinal);
        WriteText(json, "path", question < 0 ? call.Target : call.Target[..question]);
        if (question >= 0) WriteText(json, "query", call.Target[(question + 1)..]);
        WriteText(json, "route", call.Route is { } route && !route.StartsWith('/') ? "/" + route : call.Route);
        json.WriteNumber("status", call.Status);
        json.WriteNumber("duration_ms", Math.Round(call.Duration.TotalMilliseconds, 3));
        if (call.Client is { } client) WriteText(json, "client_ip", (client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client).ToString());
        WriteText(json, "user", call.User);
        WriteText(json, "api_key", call.ApiKey);
        if (call.RequestBytes >= 0) json.WriteNumber("request_bytes", call.RequestBytes);
        json.WriteNumber("response_bytes", call.ResponseBytes);
        WriteText(json, "user_agent", call.UserAgent);
        WriteText(json, "referer", call.Referer);
        WriteText(json, "host", call.Host);
        WriteText(json, "protocol", call.Protocol);
        WriteText(json, "body", call.Body);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        json.WriteString(name, text.AsSpan(0, Math.Min(text.Length, name == "body" ? text.Length : MaxText)));
    }
}
