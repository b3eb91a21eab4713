using Vedette.Lab.Simulation;

namespace Vedette.Lab.Output;

/// <summary>Writes events as lines of a log. Not thread-safe; <see cref="Dispose"/> flushes but leaves the stream open.</summary>
public sealed class TrafficWriter : IDisposable
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private readonly LineBuffer _line;
    private readonly LogFormat _format;
    private readonly byte[] _time = new byte[40];
    private int _timeLength;
    private long _timeSecond = long.MinValue;

    public TrafficWriter(Stream output, LogFormat format)
    {
        _line = new LineBuffer(output);
        _format = format;
    }

    /// <summary>Writes one event and a line end.</summary>
    public void Write(in TrafficEvent request)
    {
        if (_format == LogFormat.Json) WriteJson(request);
        else WriteText(request);
        _line.Append((byte)'\n');
    }

    public void Dispose() => _line.Flush();

    private void WriteText(in TrafficEvent request)
    {
        if (_format == LogFormat.Vhost)
        {
            _line.Append(request.Host);
            _line.Append(":443 "u8);
        }
        _line.Append(request.Client);
        _line.Append(" - "u8);
        if (request.User is null) _line.Append((byte)'-');
        else _line.AppendLogEscaped(request.User, _format == LogFormat.Nginx);
        _line.Append(" ["u8);
        AppendTime(request.TimeMicros);
        _line.Append("] \""u8);
        AppendRequestLine(request);
        _line.Append("\" "u8);
        _line.Append(request.Status);
        _line.Append((byte)' ');
        if (request.ResponseBytes == 0 && _format != LogFormat.Nginx) _line.Append((byte)'-');
        else _line.Append(request.ResponseBytes);
        if (_format == LogFormat.Common) return;
        AppendQuoted(request.Referer);
        AppendQuoted(request.UserAgent);
        if (_format == LogFormat.Nginx)
        {
            _line.Append((byte)' ');
            AppendThousandths(request.DurationMicros / 1000);
        }
    }

    private void AppendRequestLine(in TrafficEvent request)
    {
        bool asNginx = _format == LogFormat.Nginx;
        if (request.IsMalformed)
        {
            _line.AppendLogEscaped(request.Path, asNginx);
            return;
        }
        _line.Append(request.Method);
        _line.Append((byte)' ');
        _line.AppendLogEscaped(request.Path, asNginx);
        if (request.Query.Length > 0)
        {
            _line.Append((byte)'?');
            _line.AppendLogEscaped(request.Query, asNginx);
        }
        _line.Append((byte)' ');
        _line.Append(request.Protocol);
    }

    private void AppendQuoted(string value)
    {
        _line.Append(" \""u8);
        if (value.Length == 0) _line.Append((byte)'-');
        else _line.AppendLogEscaped(value, _format == LogFormat.Nginx);
        _line.Append((byte)'"');
    }

    private void AppendThousandths(long value)
    {
        _line.Append(value / 1000);
        _line.Append((byte)'.');
        _line.AppendPadded((int)(value % 1000), 3);
    }

    private void AppendTime(long micros)
    {
        long second = micros / 1_000_000;
        if (second != _timeSecond)
        {
            _timeSecond = second;
            var time = DateTime.UnixEpoch.AddSeconds(second);
            string text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.Day:00}/{Months[time.Month - 1]}/{time.Year:0000}:{time:HH:mm:ss} +0000");
            _timeLength = System.Text.Encoding.ASCII.GetBytes(text, _time);
        }
        _line.Append(_time.AsSpan(0, _timeLength));
    }

    private void WriteJson(in TrafficEvent request)
    {
        _line.Append("{\"timestamp\":\""u8);
        AppendIsoTime(request.TimeMicros);
        _line.Append("\",\"client_ip\":\""u8);
        _line.Append(request.Client);
        _line.Append((byte)'"');
        AppendJson("method"u8, request.IsMalformed ? "" : request.Method);
        AppendJson("path"u8, request.Path);
        AppendJson("query"u8, request.Query);
        AppendJson("protocol"u8, request.IsMalformed ? "" : request.Protocol);
        AppendJson("host"u8, request.Host);
        AppendJson("status"u8, request.Status);
        _line.Append(",\"duration_ms\":"u8);
        AppendThousandths(request.DurationMicros);
        AppendJson("request_bytes"u8, request.RequestBytes);
        AppendJson("response_bytes"u8, request.ResponseBytes);
        AppendJson("user"u8, request.User);
        AppendJson("session"u8, request.Session);
        AppendJson("api_key"u8, request.ApiKey);
        AppendJson("user_agent"u8, request.UserAgent);
        AppendJson("referer"u8, request.Referer);
        AppendHeader(request.Header);
        AppendJson("body"u8, request.Body);
        _line.Append((byte)'}');
    }

    private void AppendJson(ReadOnlySpan<byte> name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        AppendName(name);
        _line.Append((byte)'"');
        _line.AppendJsonEscaped(value);
        _line.Append((byte)'"');
    }

    private void AppendJson(ReadOnlySpan<byte> name, long value)
    {
        AppendName(name);
        _line.Append(value);
    }

    private void AppendHeader(string? header)
    {
        if (header is null) return;
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        _line.Append(",\"headers\":{\""u8);
        _line.AppendJsonEscaped(header[..colon]);
        _line.Append("\":\""u8);
        _line.AppendJsonEscaped(header[(colon + 1)..].TrimStart(' '));
        _line.Append("\"}"u8);
    }

    private void AppendName(ReadOnlySpan<byte> name)
    {
        _line.Append(",\""u8);
        _line.Append(name);
        _line.Append("\":"u8);
    }

    private void AppendIsoTime(long micros)
    {
        long second = micros / 1_000_000;
        if (second != _timeSecond)
        {
            _timeSecond = second;
            string text = DateTime.UnixEpoch.AddSeconds(second).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            _timeLength = System.Text.Encoding.ASCII.GetBytes(text, _time);
        }
        _line.Append(_time.AsSpan(0, _timeLength));
        _line.Append((byte)'.');
        _line.AppendPadded((int)(micros / 1000 % 1000), 3);
        _line.Append((byte)'Z');
    }
}
