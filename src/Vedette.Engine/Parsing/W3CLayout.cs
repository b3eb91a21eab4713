using System.Text;

namespace Vedette.Engine.Parsing;

/// <summary>The columns of a W3C extended log, as its <c>#Fields</c> line names them.</summary>
internal sealed class W3CLayout
{
    private const int MaxColumns = 256;

    private static readonly Dictionary<string, LogField> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["date"] = LogField.Date,
        ["date-local"] = LogField.Date,
        ["time"] = LogField.TimeOfDay,
        ["time-local"] = LogField.TimeOfDay,
        ["timestamp"] = LogField.Time,
        ["c-ip"] = LogField.Client,
        ["cs-username"] = LogField.User,
        ["cs-method"] = LogField.Method,
        ["cs-uri-stem"] = LogField.Path,
        ["cs-uri-query"] = LogField.Query,
        ["cs-uri"] = LogField.Url,
        ["cs-host"] = LogField.Host,
        ["cs(host)"] = LogField.Host,
        ["x-host-header"] = LogField.Host,
        ["sc-status"] = LogField.Status,
        ["c-status"] = LogField.Status,
        ["sc-bytes"] = LogField.ResponseBytes,
        ["cs-bytes"] = LogField.RequestBytes,
        ["cs-version"] = LogField.Protocol,
        ["cs-protocol-version"] = LogField.Protocol,
        ["cs(user-agent)"] = LogField.UserAgent,
        ["c-user-agent"] = LogField.UserAgent,
        ["cs(referer)"] = LogField.Referer,
        ["cs(referrer)"] = LogField.Referer,
        ["c-referrer"] = LogField.Referer,
        ["cs(cookie)"] = LogField.Cookies,
        ["x-forwarded-for"] = LogField.ForwardedFor,
        ["cs(x-forwarded-for)"] = LogField.ForwardedFor,
        ["s-xff"] = LogField.ForwardedFor,
        ["timetakenms"] = LogField.DurationMillis,
        ["x-duration"] = LogField.DurationSeconds,
    };

    /// <summary>What IIS 7 and later write unless told otherwise, for files that lost their header.</summary>
    public static readonly W3CLayout Iis = Create("date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken"u8);

    /// <summary>CloudFront's standard log.</summary>
    public static readonly W3CLayout CloudFront = Create(
        "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken"u8);

    private W3CLayout(LogField[] columns, bool isPercentEncoded)
    {
        Columns = columns;
        IsPercentEncoded = isPercentEncoded;
        HasPath = columns.Any(column => column is LogField.Path or LogField.Url);
    }

    /// <summary>The meaning of each column.</summary>
    public ReadOnlyMemory<LogField> Columns { get; }

    /// <summary>True if user agents have their blanks percent-encoded (CloudFront, streaming servers) instead of replaced by <c>+</c> (IIS).</summary>
    public bool IsPercentEncoded { get; }

    /// <summary>True if the lines are about HTTP requests.</summary>
    public bool HasPath { get; }

    /// <summary>Reads the field names behind <c>#Fields:</c>.</summary>
    /// <remarks>
    /// The unit of <c>time-taken</c>: milliseconds where IIS writes it (it alone has win32 status codes), else seconds as the W3C draft says.
    /// </remarks>
    public static W3CLayout Create(ReadOnlySpan<byte> names)
    {
        string[] split = Encoding.UTF8.GetString(names).Split((char[])[' ', '\t', '\u200B'], StringSplitOptions.RemoveEmptyEntries);
        bool isIis = split.Contains("sc-win32-status", StringComparer.OrdinalIgnoreCase);
        bool isPercentEncoded = split.Contains("x-edge-location", StringComparer.OrdinalIgnoreCase) || split.Contains("x-duration", StringComparer.OrdinalIgnoreCase);
        return new W3CLayout([.. split.Take(MaxColumns).Select(name => Meaning(name, isIis))], isPercentEncoded);
    }

    private static LogField Meaning(string name, bool isIis)
    {
        if (name.Equals("time-taken", StringComparison.OrdinalIgnoreCase)) return isIis ? LogField.DurationMillis : LogField.DurationSeconds;
        return Names.GetValueOrDefault(name, LogField.Skip);
    }
}
