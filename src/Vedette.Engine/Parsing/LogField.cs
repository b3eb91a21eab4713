namespace Vedette.Engine.Parsing;

/// <summary>What one field of a log line says about the request, in the unit the log has it.</summary>
internal enum LogField : byte
{
    Skip,
    Client,
    User,
    Session,
    ApiKey,

    /// <summary>A time in any form <see cref="Timestamp.TryParse"/> knows.</summary>
    Time,
    Date,
    TimeOfDay,

    /// <summary>A fraction of the second given by another field.</summary>
    TimeFractionMillis,
    TimeFractionMicros,

    /// <summary>A request line: method, target and protocol.</summary>
    Request,

    /// <summary>A request line of a load balancer, with an absolute URL; three dashes stand for a connection without a request.</summary>
    RequestWithUrl,
    Method,

    /// <summary>Path with or without query.</summary>
    Target,

    /// <summary>Absolute URL, or a target.</summary>
    Url,
    Path,

    /// <summary>Host and target written without a blank: <c>example.com/path?query</c>.</summary>
    HostAndTarget,
    Query,
    Protocol,
    Host,
    Status,
    ResponseBytes,
    RequestBytes,
    DurationSeconds,
    DurationMillis,
    DurationMicros,
    DurationNanos,

    /// <summary>A duration that carries its unit.</summary>
    DurationText,
    Referer,
    UserAgent,
    ForwardedFor,
    Cookies,
    Route,
    Headers,
    Body,

    /// <summary>A text that may itself be an access-log line (<c>log</c> of container run-times, <c>message</c> of shippers).</summary>
    Message,
}
