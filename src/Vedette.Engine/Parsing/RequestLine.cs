using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Takes a request line or target apart. Garbage is not refused: it becomes the path of an event marked malformed.</summary>
internal static class RequestLine
{
    private const int MaxMethodLength = 32;

    /// <summary>Reads <c>GET /path?query HTTP/1.1</c>.</summary>
    /// <param name="text">The request line.</param>
    /// <param name="offset">Where it stands in the batch's text.</param>
    /// <param name="parsed">Receives method, path, query, protocol, and host of an absolute target.</param>
    public static void Read(ReadOnlySpan<byte> text, int offset, ref HttpEvent parsed)
    {
        int method = text.IndexOf((byte)' ');
        if (method <= 0 || !IsMethod(text[..method]))
        {
            parsed.Flags |= EventFlags.MalformedRequest;
            if (text is not [(byte)'-']) parsed.Path = new Utf8Slice(offset, text.Length);
            return;
        }
        parsed.Method = RequestMethods.Parse(text[..method]);
        parsed.MethodText = new Utf8Slice(offset, method);

        int start = method + 1, end = text.Length;
        int protocol = end > 9 && text[^9] == (byte)' ' ? end - 9 : text.LastIndexOf((byte)' ');
        if (protocol > method && text[(protocol + 1)..].StartsWith("HTTP/"u8))
        {
            parsed.Protocol = new Utf8Slice(offset + protocol + 1, end - protocol - 1);
            end = protocol;
        }
        else
        {
            parsed.Flags |= EventFlags.MalformedRequest;
        }
        ReadTarget(text[start..end], offset + start, ref parsed);
    }

    /// <summary>Reads a target in any form of RFC 9112 §3.2; the method must be known before. A target in no form is marked malformed.</summary>
    public static void ReadTarget(ReadOnlySpan<byte> target, int offset, ref HttpEvent parsed)
    {
        if (target.Length > 0 && target[0] == (byte)'/')
        {
            ReadPath(target, offset, ref parsed);
        }
        else if (parsed.Method == RequestMethod.Connect)
        {
            parsed.Path = new Utf8Slice(offset, target.Length);
            SetHost(target, offset, ref parsed);
        }
        else if (SchemeLength(target) is var scheme and > 0)
        {
            ReadAbsolute(target, scheme, offset, ref parsed);
        }
        else
        {
            if (target is not [(byte)'*']) parsed.Flags |= EventFlags.MalformedRequest;
            ReadPath(target, offset, ref parsed);
        }
    }

    /// <summary>Reads a URL as gateways write it: absolute, or a target, whose form is not judged.</summary>
    public static void ReadUrl(ReadOnlySpan<byte> url, int offset, ref HttpEvent parsed)
    {
        int scheme = SchemeLength(url);
        if (scheme > 0) ReadAbsolute(url, scheme, offset, ref parsed);
        else ReadPath(url, offset, ref parsed);
    }

    /// <summary>Takes a host without its port, unless the event has one already. IPv6 literals keep their brackets.</summary>
    public static void SetHost(ReadOnlySpan<byte> host, int offset, ref HttpEvent parsed)
    {
        if (!parsed.Host.IsEmpty || host is [(byte)'-']) return;
        int port = host.LastIndexOf((byte)':');
        if (port > 0 && host[port - 1] != (byte)':' && !host[(port + 1)..].Contains((byte)']') && host.IndexOf((byte)':') is var first
            && (first == port || host[0] == (byte)'['))
            host = host[..port];
        parsed.Host = new Utf8Slice(offset, host.Length);
    }

    private static void ReadPath(ReadOnlySpan<byte> target, int offset, ref HttpEvent parsed)
    {
        int question = target.IndexOf((byte)'?');
        parsed.Path = new Utf8Slice(offset, question < 0 ? target.Length : question);
        if (question >= 0) parsed.Query = new Utf8Slice(offset + question + 1, target.Length - question - 1);
    }

    private static void ReadAbsolute(ReadOnlySpan<byte> target, int authority, int offset, ref HttpEvent parsed)
    {
        int length = target[authority..].IndexOfAny((byte)'/', (byte)'?');
        int path = length < 0 ? target.Length : authority + length;
        int userInfo = target[authority..path].LastIndexOf((byte)'@');
        int host = authority + userInfo + 1;
        SetHost(target[host..path], offset + host, ref parsed);
        ReadPath(target[path..], offset + path, ref parsed);
    }

    /// <summary>Length of <c>scheme://</c> at the start, or 0.</summary>
    private static int SchemeLength(ReadOnlySpan<byte> target)
    {
        int colon = target[..Math.Min(target.Length, 16)].IndexOf((byte)':');
        if (colon <= 0 || !target[colon..].StartsWith("://"u8)) return 0;
        foreach (byte b in target[..colon])
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.')) return 0;
        return colon + 3;
    }

    // RFC 9110 §5.6.2 allows more in a token, but no known method uses it, and scanners' garbage often does.
    private static bool IsMethod(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxMethodLength) return false;
        foreach (byte b in text)
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'_')) return false;
        return true;
    }
}
