namespace Vedette.Engine.Events;

/// <summary>One request and its response, as an access log, a span or a caller told it. Text lives in the <see cref="EventBatch"/>.</summary>
/// <remarks>
/// A mutable struct on purpose: parsers fill it in place, millions a second. Absent text is an empty slice, an absent number
/// is <see cref="Unknown"/> (status: 0). Paths and queries are as sent: percent-encoding untouched.
/// </remarks>
public struct HttpEvent
{
    /// <summary>The value of a duration or size that was not given.</summary>
    public const long Unknown = -1;

    /// <summary>Event time: microseconds since 1970-01-01T00:00:00Z. <see cref="Unknown"/> where the line has no readable time.</summary>
    public long TimeMicros;

    /// <summary>1-based number of the line in its file, or of the event in its stream.</summary>
    public long Line;

    /// <summary>Who sent the request: the peer, or the client a trusted proxy vouched for.</summary>
    public NetworkAddress Client;

    /// <summary>Time the server took, in microseconds, or <see cref="Unknown"/>.</summary>
    public long DurationMicros;

    /// <summary>Time the server took to answer, in microseconds, or <see cref="Unknown"/>: a connection that was handed over to another protocol, or to another host, lasts as long as its two ends like.</summary>
    public readonly long ServerMicros => Status == 101 || Method == RequestMethod.Connect ? Unknown : DurationMicros;

    /// <summary>Bytes of the request, or <see cref="Unknown"/>.</summary>
    public long RequestBytes;

    /// <summary>Bytes of the response, or <see cref="Unknown"/>.</summary>
    public long ResponseBytes;

    /// <summary>Status code 100 to 599; 0 if unknown.</summary>
    public short Status;

    public RequestMethod Method;

    public EventFlags Flags;

    /// <summary>Which input it came from: an index the source gave out; files are numbered in the order given.</summary>
    public ushort Source;

    /// <summary>Which log format read it: an index into the parser's list of formats.</summary>
    public byte Format;

    /// <summary>The whole line, for evidence.</summary>
    public Utf8Slice Raw;

    /// <summary>What the log had in place of the client's address: a host name or a masked address. <see cref="Client"/> is then <see cref="NetworkAddress.FromName"/> of it.</summary>
    public Utf8Slice ClientName;

    public Utf8Slice MethodText;

    /// <summary>Path of the target, percent-encoded, without query. For a malformed request line: the whole garbage.</summary>
    public Utf8Slice Path;

    /// <summary>Query without <c>?</c>.</summary>
    public Utf8Slice Query;

    /// <summary>Route template if the sender knows it (<c>/users/{id}</c>); else learned from the traffic.</summary>
    public Utf8Slice Route;

    public Utf8Slice Protocol;
    public Utf8Slice Host;
    public Utf8Slice User;
    public Utf8Slice Session;
    public Utf8Slice ApiKey;
    public Utf8Slice UserAgent;
    public Utf8Slice Referer;

    /// <summary>Value of X-Forwarded-For or what the format carries in its place.</summary>
    public Utf8Slice ForwardedFor;

    public Utf8Slice Cookies;

    /// <summary>Bounded sample of headers, one <c>Name: value</c> a line.</summary>
    public Utf8Slice Headers;

    /// <summary>Bounded sample of the request body.</summary>
    public Utf8Slice Body;
}

/// <summary>Facts about an event that change how it is judged.</summary>
[Flags]
public enum EventFlags : byte
{
    None = 0,

    /// <summary>The request line was not HTTP: TLS bytes, empty, no protocol. Scanners leave these.</summary>
    MalformedRequest = 1,

    /// <summary>The event came out of a sample: no rate may be claimed from it.</summary>
    Sampled = 2,
}
