namespace Vedette.Engine.Events;

/// <summary>Why a line is no event. Each has a stable name for counters and a sentence for people, see <see cref="ParseErrors"/>.</summary>
public enum ParseError : byte
{
    None,
    Empty,
    TooLong,
    UnexpectedFormat,
    TruncatedLine,
    BadTimestamp,
    BadAddress,
    BadStatus,
    BadNumber,
    BadJson,
    MissingField,
    NotHttp,
    WrongType,
}

/// <summary>Names and explanations of <see cref="ParseError"/>.</summary>
public static class ParseErrors
{
    /// <summary>Short stable name, as used in metric labels: <c>bad_timestamp</c>.</summary>
    public static string Name(this ParseError error) => error switch
    {
        ParseError.None => "none",
        ParseError.Empty => "empty",
        ParseError.TooLong => "too_long",
        ParseError.UnexpectedFormat => "unexpected_format",
        ParseError.TruncatedLine => "truncated_line",
        ParseError.BadTimestamp => "bad_timestamp",
        ParseError.BadAddress => "bad_address",
        ParseError.BadStatus => "bad_status",
        ParseError.BadNumber => "bad_number",
        ParseError.BadJson => "bad_json",
        ParseError.MissingField => "missing_field",
        ParseError.NotHttp => "not_http",
        ParseError.WrongType => "wrong_type",
        _ => "other",
    };

    /// <summary>What is wrong with the line, for a person.</summary>
    public static string Explain(this ParseError error) => error switch
    {
        ParseError.None => "no error",
        ParseError.Empty => "the line is empty",
        ParseError.TooLong => "the line is longer than the limit",
        ParseError.UnexpectedFormat => "the line does not have the shape of this log format",
        ParseError.TruncatedLine => "the line ends early",
        ParseError.BadTimestamp => "the time cannot be read",
        ParseError.BadAddress => "the client address cannot be read",
        ParseError.BadStatus => "the status is no number from 100 to 599",
        ParseError.BadNumber => "a number cannot be read or is negative",
        ParseError.BadJson => "the line is not valid JSON",
        ParseError.MissingField => "a required field is missing",
        ParseError.NotHttp => "the line is not about an HTTP request",
        ParseError.WrongType => "the value has the wrong type",
        _ => "the line cannot be read",
    };
}
