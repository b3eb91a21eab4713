namespace Vedette.Engine.Events;

/// <summary>The request methods told apart by the engine; the text as sent stays in <see cref="HttpEvent.MethodText"/>.</summary>
public enum RequestMethod : byte
{
    /// <summary>No method could be read.</summary>
    Unknown,
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Connect,
    Trace,

    /// <summary>The methods of WebDAV that only read (RFC 4918, RFC 3253, RFC 5323).</summary>
    Propfind,
    Report,
    Search,

    /// <summary>A well-formed token that is none of the above (others of WebDAV, invented ones).</summary>
    Other,
}

/// <summary>Reads and classifies <see cref="RequestMethod"/>.</summary>
public static class RequestMethods
{
    /// <summary>The method a token names, compared with case as RFC 9110 §9.1 asks; <see cref="RequestMethod.Other"/> for tokens not listed.</summary>
    public static RequestMethod Parse(ReadOnlySpan<byte> token) => token switch
    {
        [] => RequestMethod.Unknown,
        _ when token.SequenceEqual("GET"u8) => RequestMethod.Get,
        _ when token.SequenceEqual("POST"u8) => RequestMethod.Post,
        _ when token.SequenceEqual("HEAD"u8) => RequestMethod.Head,
        _ when token.SequenceEqual("PUT"u8) => RequestMethod.Put,
        _ when token.SequenceEqual("DELETE"u8) => RequestMethod.Delete,
        _ when token.SequenceEqual("PATCH"u8) => RequestMethod.Patch,
        _ when token.SequenceEqual("OPTIONS"u8) => RequestMethod.Options,
        _ when token.SequenceEqual("CONNECT"u8) => RequestMethod.Connect,
        _ when token.SequenceEqual("TRACE"u8) => RequestMethod.Trace,
        _ when token.SequenceEqual("PROPFIND"u8) => RequestMethod.Propfind,
        _ when token.SequenceEqual("REPORT"u8) => RequestMethod.Report,
        _ when token.SequenceEqual("SEARCH"u8) => RequestMethod.Search,
        _ => RequestMethod.Other,
    };

    /// <summary>True for methods that promise to change nothing (RFC 9110 §9.2.1, and those of WebDAV).</summary>
    public static bool IsSafe(this RequestMethod method) =>
        method is RequestMethod.Get or RequestMethod.Head or RequestMethod.Options or RequestMethod.Trace
            or RequestMethod.Propfind or RequestMethod.Report or RequestMethod.Search;
}
