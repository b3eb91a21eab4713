using System.Buffers;

namespace Vedette.Engine.Signatures;

/// <summary>Dismisses ordinary text in a few vectorised passes over the bytes as sent, so that only the rest is decoded.</summary>
/// <remarks>
/// Sound in one direction only: what it lets through as ordinary has no byte, escape or literal that any rule needs. Escapes of harmless characters
/// (spaces, slashes, commas, valid UTF-8 letters) do not make a request suspicious.
/// </remarks>
internal sealed class Prefilter
{
    private static readonly SearchValues<byte> TargetBytes = SearchValues.Create([.. "'\"<>$`{}|\\;()*^"u8, .. Controls()]);
    private static readonly SearchValues<byte> HeaderBytes = SearchValues.Create([.. "'\"<>$`{}|\\%"u8, .. Controls()]);

    /// <summary>Words and fragments that no rule of their own makes telling, but that an attack without special characters needs.</summary>
    private static readonly string[] Triggers =
    [
        "..", "://", "/.", "select", "union", "insert", "delete", "drop", "having", "order by", "group by", "waitfor", "exec", "declare", "shutdown", " or ", " and ", " not ",
        "cmd=", "command=", "=//", "=http:", "=https:", "ping -", "cat /", "ls -", "wget", "curl", "whoami", "uname", "passthru", "onerror", "onload", "onmouse", "onfocus", "&&", "--", "& ", "/./", "/etc/",
    ];

    /// <summary>Words of SQL that need no special character, and that no agent calls itself.</summary>
    private static readonly string[] AgentTriggers = ["union ", "select ", "waitfor ", " or "];

    private static readonly SearchValues<byte> HarmlessEscapes = SearchValues.Create([.. " /:,-_@=&?#+~![]"u8, .. Enumerable.Range(0x80, 0x80).Where(b => b is not (0xC0 or 0xC1 or 0xEF)).Select(b => (byte)b)]);

    private static readonly SearchValues<byte> Base64Bytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    private readonly LiteralScreen _literals;
    private readonly LiteralScreen _agents;

    public Prefilter(IReadOnlyList<Literal> literals)
    {
        var plain = literals.Where(literal => !literal.Bytes.AsSpan().ContainsAny(TargetBytes) && (literal.Scope & LiteralScope.Agent) == 0);
        var triggers = Triggers.Select(trigger => new Literal(System.Text.Encoding.ASCII.GetBytes(trigger), Rules.ContextLong, LiteralScope.Anywhere));
        _literals = new LiteralScreen([.. plain, .. triggers]);
        var words = AgentTriggers.Select(trigger => new Literal(System.Text.Encoding.ASCII.GetBytes(trigger), Rules.ContextLong, LiteralScope.Agent));
        _agents = new LiteralScreen([.. literals.Where(literal => (literal.Scope & LiteralScope.Agent) != 0), .. words]);
    }

    /// <summary>Encoded targets that are longer are decoded in full rather than here.</summary>
    private const int MaxEncoded = 1024;

    /// <summary>A value this long may be base64 of something worth reading.</summary>
    private const int MinBase64 = 16;

    /// <summary>True if a path or query needs no closer look.</summary>
    public bool IsOrdinaryTarget(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(TargetBytes)) return false;
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0) return !_literals.OccursIn(text) && !MayHoldBase64(text);
        return text.Length <= MaxEncoded && !HasTellingEscape(text) && !OccursDecoded(text) && !MayHoldBase64(text);
    }

    private bool OccursDecoded(ReadOnlySpan<byte> text)
    {
        Span<byte> decoded = stackalloc byte[MaxEncoded];
        var encodings = Normalization.LeafEncodings.None;
        int length = Normalization.DecodingPercent.Decode(text, decoded, isForm: true, ref encodings);
        return _literals.OccursIn(decoded[..length]);
    }

    /// <summary>
    /// True if some value begins like base64 of ASCII text: every fourth character stands for the upper six bits of a byte from 0x20 to 0x7F, so it lies between I and f.
    /// Of random tokens one in fifty does.
    /// </summary>
    internal static bool MayHoldBase64(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'=') is var equals and >= 0)
        {
            text = text[(equals + 1)..];
            if (text.Length < MinBase64) return false;
            if (IsUpperSextet(text[0]) && IsUpperSextet(text[4]) && IsUpperSextet(text[8]) && IsUpperSextet(text[12]) && !text[..MinBase64].ContainsAnyExcept(Base64Bytes)) return true;
        }
        return false;
    }

    private static bool IsUpperSextet(byte b) => b is >= (byte)'I' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'f';

    /// <summary>True if a User-Agent needs no closer look.</summary>
    public bool IsOrdinaryAgent(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(HeaderBytes) || HasSteps(text) || text is [(byte)';' or (byte)'&' or (byte)' ', ..]) return false;
        var browser = "Mozilla/5.0 ("u8;
        bool isBrowser = text.Length < 240 && text.StartsWith(browser) && text[browser.Length..] is [(byte)'W' or (byte)'X' or (byte)'M' or (byte)'L' or (byte)'i', ..] && text.IndexOf("Gecko"u8) > 0;
        return isBrowser || !_agents.OccursIn(text);
    }

    /// <summary>True if a Referer needs no closer look.</summary>
    public static bool IsOrdinaryReferer(ReadOnlySpan<byte> text) => !text.ContainsAny(TargetBytes) && !HasSteps(text) && !HasTellingEscape(text);

    private static bool HasSteps(ReadOnlySpan<byte> text) => text.IndexOf("../"u8) >= 0;

    /// <summary>True if the value of another header, or the whole of the headers, needs no closer look.</summary>
    public static bool IsOrdinaryHeader(ReadOnlySpan<byte> text) => !text.ContainsAny(HeaderBytes);

    /// <summary>True if some escape stands for a character that matters, hides one that needs no escape, or is malformed.</summary>
    internal static bool HasTellingEscape(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'%'); at >= 0;)
        {
            if (at + 2 >= text.Length) return true;
            int value = Normalization.DecodingPercent.HexNumber(text.Slice(at + 1, 2));
            if (value < 0 || !HarmlessEscapes.Contains((byte)value)) return true;
            if (value is 0xE0 or 0xF0 && IsOverlong(text[(at + 3)..], value)) return true;
            at += 3;
            int next = text[at..].IndexOf((byte)'%');
            at = next < 0 ? -1 : at + next;
        }
        return false;
    }

    private static bool IsOverlong(ReadOnlySpan<byte> rest, int lead)
    {
        int second = rest.Length >= 3 && rest[0] == '%' ? Normalization.DecodingPercent.HexNumber(rest.Slice(1, 2)) : -1;
        return second < (lead == 0xE0 ? 0xA0 : 0x90);
    }

    private static byte[] Controls() => [.. Enumerable.Range(0, 32).Select(b => (byte)b), 0x7F];
}
