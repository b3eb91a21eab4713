using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Server.Otlp.Wire;

namespace Vedette.Server.Otlp;

/// <summary>Turns spans and log records into the JSON lines that every door of the product reads, so that attribute names mean the same everywhere. For one request.</summary>
/// <remarks>
/// Only spans of kind SERVER count: a CLIENT span is the same call seen from the other side. Nested values beyond <see cref="MaxDepth"/> and attributes beyond <see cref="MaxAttributes"/>
/// are left out.
/// </remarks>
internal sealed class TelemetryLines(EventBatch batch) : IDisposable
{
    private const int ServerKind = 2;
    private const int MaxAttributes = 128;
    private const int MaxDepth = 4;
    private const int MaxText = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private Utf8JsonWriter? _json;

    /// <summary>Spans and records that are no calls taken by a server.</summary>
    public int Skipped { get; private set; }

    /// <summary>Numbers of the lines whose spans came out of a probability sample.</summary>
    public HashSet<long> Sampled { get; } = [];

    public void Add(TraceRequest request)
    {
        foreach (ResourceSpans resource in request.ResourceSpans)
            foreach (ScopeSpans scope in resource.ScopeSpans)
                foreach (Span span in scope.Spans) Add(span);
    }

    public void Add(LogsRequest request)
    {
        foreach (ResourceLogs resource in request.ResourceLogs)
            foreach (ScopeLogs scope in resource.ScopeLogs)
                foreach (LogRecord record in scope.LogRecords) Add(record);
    }

    public void Dispose() => _json?.Dispose();

    private void Add(Span span)
    {
        if (span.Kind != ServerKind)
        {
            Skipped++;
            return;
        }
        Utf8JsonWriter json = Begin();
        WriteTime(json, span.StartTimeUnixNano);
        if (span.EndTimeUnixNano >= span.StartTimeUnixNano) json.WriteNumber("duration_ms", (span.EndTimeUnixNano - span.StartTimeUnixNano) / 1_000_000m);
        WriteAttributes(json, span.Attributes, depth: 0);
        End();
        if (IsSampled(span.TraceState)) Sampled.Add(batch.LineCount);
    }

    private void Add(LogRecord record)
    {
        Utf8JsonWriter json = Begin();
        WriteTime(json, record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano);
        WriteAttributes(json, record.Attributes, depth: 0);
        // A record whose body is the access-log line itself is read from that; one with structure is read like attributes.
        if (record.Body?.ValueCase == AnyValue.ValueOneofCase.KvlistValue) WriteAttributes(json, record.Body.KvlistValue.Values, depth: 0);
        else if (record.Body is not null) WriteMember(json, "message", record.Body, depth: 0);
        End();
    }

    private Utf8JsonWriter Begin()
    {
        _line.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true });
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    private void End()
    {
        _json!.WriteEndObject();
        _json.Flush();
        batch.AddLine(batch.Append(_line.WrittenSpan), batch.LineCount + 1);
    }

    private static void WriteTime(Utf8JsonWriter json, ulong unixNano)
    {
        const ulong furthest = 4_102_444_800_000_000_000; // the year 2100: what lies beyond is no time
        if (unixNano is 0 or > furthest) return;
        json.WriteString("timestamp", DateTime.UnixEpoch.AddTicks((long)(unixNano / 100)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValue> attributes, int depth)
    {
        foreach (KeyValue attribute in attributes.Take(MaxAttributes)) WriteMember(json, attribute.Key, attribute.Value, depth);
    }

    private static void WriteMember(Utf8JsonWriter json, string name, AnyValue? value, int depth)
    {
        if (value is null || name.Length is 0 or > 200) return;
        switch (value.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue: json.WriteString(name, Bounded(value.StringValue)); break;
            case AnyValue.ValueOneofCase.IntValue: json.WriteNumber(name, value.IntValue); break;
            case AnyValue.ValueOneofCase.DoubleValue when double.IsFinite(value.DoubleValue): json.WriteNumber(name, value.DoubleValue); break;
            case AnyValue.ValueOneofCase.BoolValue: json.WriteBoolean(name, value.BoolValue); break;
            // Header attributes are lists of one text.
            case AnyValue.ValueOneofCase.ArrayValue when value.ArrayValue.Values is [{ ValueCase: AnyValue.ValueOneofCase.StringValue } only]: json.WriteString(name, Bounded(only.StringValue)); break;
            case AnyValue.ValueOneofCase.KvlistValue when depth < MaxDepth:
                json.WriteStartObject(name);
                WriteAttributes(json, value.KvlistValue.Values, depth + 1);
                json.WriteEndObject();
                break;
        }
    }

    private static ReadOnlySpan<char> Bounded(string text) => text.AsSpan(0, Math.Min(text.Length, MaxText));

    /// <summary>True if the trace state tells of a sampling threshold or probability (OpenTelemetry's <c>ot=th:…</c>, formerly <c>ot=p:…</c>); <c>th:0</c> keeps everything.</summary>
    private static bool IsSampled(string traceState)
    {
        foreach (string member in traceState.Split(',', 33))
        {
            string text = member.Trim();
            if (!text.StartsWith("ot=", StringComparison.Ordinal)) continue;
            foreach (string part in text[3..].Split(';'))
                if (part.StartsWith("th:", StringComparison.Ordinal) ? part[3..].Trim('0').Length > 0 : part.StartsWith("p:", StringComparison.Ordinal) && part is not "p:0") return true;
        }
        return false;
    }
}
