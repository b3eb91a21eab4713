using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Elasticsearch;

/// <summary>An event as a document, and back. What is absent has no field.</summary>
internal static class ElasticsearchEvent
{
    /// <summary>Writes the event at a place of a day's share.</summary>
    /// <param name="json">Receives one object.</param>
    /// <param name="share">The day's events.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="sequence">Its number of writing.</param>
    /// <param name="reader">Masks and bounds texts.</param>
    public static void Write(Utf8JsonWriter json, DayShare share, int index, long sequence, EventFieldReader reader)
    {
        (EventAppend append, int at, long timeMicros) = share[index];
        ref readonly HttpEvent request = ref append.Events.Events[at];
        ref readonly EventOutcome outcome = ref append.Outcomes.Span[at];
        EventFields fields = reader.Read(append.Events, request, outcome, append.SourceNames);
        var facts = new EventFacts(request, outcome);
        json.WriteStartObject();
        long milliseconds = timeMicros / DayNumber.MicrosPerMillisecond;
        json.WriteNumber("@timestamp", milliseconds);
        json.WriteNumber("time_ms", milliseconds);
        json.WriteNumber("micros", timeMicros % DayNumber.MicrosPerMillisecond);
        json.WriteNumber("seq", sequence);
        WriteTexts(json, fields);
        if (request.Status != 0) json.WriteNumber("status", request.Status);
        if (facts.HasDuration) json.WriteNumber("duration", request.DurationMicros);
        if (fields.ClientName.IsEmpty && !request.Client.IsUnknown) json.WriteString("client", request.Client.ToString());
        if (!fields.ClientName.IsEmpty) json.WriteString("client_text", fields.ClientName);
        else if (!request.Client.IsUnknown) json.WriteString("client_text", request.Client.ToString());
        if (facts.IsAuthenticated) json.WriteBoolean("is_authenticated", true);
        if (request.RequestBytes != HttpEvent.Unknown) json.WriteNumber("request_bytes", request.RequestBytes);
        if (request.ResponseBytes != HttpEvent.Unknown) json.WriteNumber("response_bytes", request.ResponseBytes);
        json.WriteNumber("score", EventScore.ToStored(outcome.Score));
        json.WriteNumber("flags", (int)StoredFlagsOf.Event(request, outcome));
        json.WriteBoolean("is_anomaly", outcome.IsAnomaly);
        json.WriteEndObject();
    }

    public static StoredEvent Read(JsonObject document)
    {
        var flags = (StoredFlags)(Number(document, "flags") ?? 0);
        return new StoredEvent
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Number(document, "time_ms"):x12}{Number(document, "seq"):x16}"),
            Timestamp = DayNumber.FromMicros(TimeMicros(document)),
            Method = Text(document, "method"),
            Path = Text(document, "path"),
            Query = Text(document, "query"),
            Endpoint = Text(document, "route"),
            Status = (int?)Number(document, "status"),
            DurationMs = Number(document, "duration") / 1000.0,
            ClientIp = Text(document, "client_text"),
            User = Text(document, "user"),
            Session = Text(document, "session"),
            ApiKey = Text(document, "api_key"),
            RequestBytes = Number(document, "request_bytes"),
            ResponseBytes = Number(document, "response_bytes"),
            UserAgent = Text(document, "agent"),
            Referer = Text(document, "referer"),
            Host = Text(document, "host"),
            Protocol = Text(document, "protocol"),
            Source = Text(document, "source"),
            Headers = Text(document, "headers"),
            Body = Text(document, "body"),
            AnomalyScore = EventScore.FromStored(Number(document, "score") ?? 0),
            Types = Text(document, "types")?.Split(',') ?? [],
            IsAnomaly = (flags & StoredFlags.Anomaly) != 0,
            IsLate = (flags & StoredFlags.Late) != 0,
        };
    }

    /// <summary>Adds the event to a batch.</summary>
    public static void Add(JsonObject document, EventBatch fill)
    {
        ref HttpEvent e = ref fill.AddEvent();
        e.Line = Number(document, "seq") ?? 0;
        e.TimeMicros = TimeMicros(document);
        e.MethodText = Slice(document, "method", fill);
        e.Method = RequestMethods.Parse(fill[e.MethodText]);
        e.Path = Slice(document, "path", fill);
        e.Query = Slice(document, "query", fill);
        e.Route = Slice(document, "route", fill);
        e.Status = (short)(Number(document, "status") ?? 0);
        e.DurationMicros = Number(document, "duration") ?? HttpEvent.Unknown;
        if (Text(document, "client") is { } address && NetworkAddress.TryParse(Encoding.UTF8.GetBytes(address), out NetworkAddress client)) e.Client = client;
        else if (Text(document, "client_text") is not null)
        {
            e.ClientName = Slice(document, "client_text", fill);
            e.Client = NetworkAddress.FromName(fill[e.ClientName]);
        }
        e.User = Slice(document, "user", fill);
        e.Session = Slice(document, "session", fill);
        e.ApiKey = Slice(document, "api_key", fill);
        e.RequestBytes = Number(document, "request_bytes") ?? HttpEvent.Unknown;
        e.ResponseBytes = Number(document, "response_bytes") ?? HttpEvent.Unknown;
        e.UserAgent = Slice(document, "agent", fill);
        e.Referer = Slice(document, "referer", fill);
        e.Host = Slice(document, "host", fill);
        e.Protocol = Slice(document, "protocol", fill);
        e.Headers = Slice(document, "headers", fill);
        e.Body = Slice(document, "body", fill);
        e.Flags = ((StoredFlags)(Number(document, "flags") ?? 0)).ToEvent();
        e.Raw = ReplayedLine.Append(fill, e);
    }

    private static void WriteTexts(Utf8JsonWriter json, in EventFields fields)
    {
        Write(json, "method", fields.Method);
        Write(json, "path", fields.Path);
        Write(json, "query", fields.Query);
        Write(json, "route", fields.Route);
        if (!fields.Route.IsEmpty) json.WriteString("route_method", RouteAndMethod(fields));
        Write(json, "user", fields.User);
        Write(json, "session", fields.Session);
        Write(json, "api_key", fields.ApiKey);
        Write(json, "principal", fields.User.IsEmpty ? fields.ApiKey : fields.User);
        Write(json, "agent", fields.Agent);
        Write(json, "referer", fields.Referer);
        Write(json, "host", fields.Host);
        Write(json, "protocol", fields.Protocol);
        Write(json, "source", fields.Source);
        Write(json, "headers", fields.Headers);
        Write(json, "body", fields.Body);
        Write(json, "types", fields.Types);
    }

    /// <summary>Both in one field, since rows are grouped by one. A method has no blank.</summary>
    private static byte[] RouteAndMethod(in EventFields fields)
    {
        byte[] both = new byte[fields.Route.Length + 1 + fields.Method.Length];
        fields.Route.CopyTo(both);
        both[fields.Route.Length] = (byte)' ';
        fields.Method.CopyTo(both.AsSpan(fields.Route.Length + 1));
        return both;
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) json.WriteString(name, text);
    }

    private static long TimeMicros(JsonObject document) => (Number(document, "time_ms") ?? 0) * DayNumber.MicrosPerMillisecond + (Number(document, "micros") ?? 0);

    private static string? Text(JsonObject document, string name) => document[name]?.GetValue<string>();

    private static long? Number(JsonObject document, string name) => document[name]?.GetValue<long>();

    private static Utf8Slice Slice(JsonObject document, string name, EventBatch fill) => Text(document, name) is { } text ? fill.Append(Encoding.UTF8.GetBytes(text)) : default;
}
