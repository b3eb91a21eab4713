using System.Text;
using Vedette.Engine;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Redaction;
using Vedette.Engine.Signatures;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Events;

/// <summary>Makes the texts of events ready to be stored. For one thread; the texts of one event are valid until the next is read.</summary>
internal sealed class EventFieldReader(Redactor redactor)
{
    private const int MaxMethod = 32;
    private const int MaxName = 256;
    private const int MaxLine = 2048;
    private const int MaxText = 8192;
    private const int MaxCached = 8192;

    private readonly Dictionary<string, byte[]> _encoded = [];
    private readonly Dictionary<PayloadClasses, byte[]> _types = [];
    private readonly RedactionBuffer _buffer = new();
    private byte[] _repaired = new byte[4096];
    private int _repairedLength;

    public EventFields Read(EventBatch batch, in HttpEvent request, in EventOutcome outcome, IReadOnlyList<string> sourceNames)
    {
        _repairedLength = 0;
        return new EventFields
        {
            Method = Clean(batch[request.MethodText], MaxMethod),
            Path = Masked(batch[request.Path], RedactedKind.Text, MaxText),
            Query = Masked(batch[request.Query], RedactedKind.Query, MaxText),
            Route = outcome.Route is null ? [] : Encoded(outcome.Route),
            ClientName = Clean(batch[request.ClientName], MaxName),
            User = Clean(batch[request.User], MaxName),
            Session = Clean(batch[request.Session], MaxName),
            ApiKey = Clean(batch[request.ApiKey], MaxName),
            Agent = Clean(batch[request.UserAgent], MaxLine),
            Referer = Masked(batch[request.Referer], RedactedKind.Text, MaxLine),
            Host = Clean(batch[request.Host], MaxName),
            Protocol = Clean(batch[request.Protocol], 32),
            Source = request.Source < sourceNames.Count ? Encoded(sourceNames[request.Source]) : [],
            Headers = Masked(batch[request.Headers], RedactedKind.Headers, MaxText),
            Body = Masked(batch[request.Body], RedactedKind.Text, MaxText),
            Types = outcome.IsAnomaly ? TypesOf(outcome) : [],
        };
    }

    /// <summary>Counts the events of a share for the roll-ups; their numbers of writing follow <paramref name="written"/>.</summary>
    public void Count(DayShare share, long written, TrafficDelta delta)
    {
        for (int i = 0; i < share.Count; i++)
        {
            (EventAppend append, int index, long timeMicros) = share[i];
            ref readonly HttpEvent request = ref append.Events.Events[index];
            ref readonly EventOutcome outcome = ref append.Outcomes.Span[index];
            delta.Add(timeMicros / DayNumber.MicrosPerMinute, ++written, ReadKeys(append.Events, request, outcome), new EventFacts(request, outcome));
        }
    }

    /// <summary>Only what the roll-ups need.</summary>
    private EventKeys ReadKeys(EventBatch batch, in HttpEvent request, in EventOutcome outcome)
    {
        _repairedLength = 0;
        return new EventKeys
        {
            Method = Clean(batch[request.MethodText], MaxMethod),
            Route = outcome.Route is null ? [] : Encoded(outcome.Route),
            Client = request.Client,
            ClientName = Clean(batch[request.ClientName], MaxName),
            Principal = Clean(batch[request.User.IsEmpty ? request.ApiKey : request.User], MaxName),
        };
    }

    /// <summary>Like <see cref="Clean"/>, without the secrets in it.</summary>
    private ReadOnlySpan<byte> Masked(ReadOnlySpan<byte> text, RedactedKind kind, int maxLength)
    {
        text = Clean(text, maxLength);
        if (text.IsEmpty) return text;
        ReadOnlySpan<byte> masked = redactor.Redact(text, kind, _buffer);
        return masked == text ? text : Keep(masked);
    }

    /// <summary>The text cut to a length, and repaired if need be.</summary>
    private ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text, int maxLength)
    {
        text = StoredText.Cut(text, maxLength);
        if (text.IsEmpty || StoredText.IsStorable(text)) return text;
        return Keep(Encoding.UTF8.GetBytes(StoredText.Of(text)));
    }

    /// <summary>A copy that is valid as long as the event's other texts.</summary>
    private Span<byte> Keep(ReadOnlySpan<byte> text)
    {
        // Spans handed out before must stay where they are, so a full buffer is replaced, not grown.
        if (_repairedLength + text.Length > _repaired.Length)
        {
            _repaired = new byte[Math.Max(text.Length, 1 << 16)];
            _repairedLength = 0;
        }
        Span<byte> target = _repaired.AsSpan(_repairedLength, text.Length);
        text.CopyTo(target);
        _repairedLength += text.Length;
        return target;
    }

    private byte[] Encoded(string text)
    {
        if (_encoded.TryGetValue(text, out byte[]? bytes)) return bytes;
        if (_encoded.Count >= MaxCached) _encoded.Clear();
        bytes = Clean(Encoding.UTF8.GetBytes(text), MaxName).ToArray();
        _encoded.Add(text, bytes);
        return bytes;
    }

    private byte[] TypesOf(in EventOutcome outcome)
    {
        if (_types.TryGetValue(outcome.Payloads, out byte[]? bytes)) return bytes;
        bytes = Encoding.UTF8.GetBytes(string.Join(',', outcome.Types.Select(static type => type.Name())));
        _types.Add(outcome.Payloads, bytes);
        return bytes;
    }
}
