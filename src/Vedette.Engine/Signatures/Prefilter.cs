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
        "..", "://", "%3a%2f%2f", "%3a//", ":%2f%2f", "/.", "select", "union", "insert", "delete", "drop", "having", "order+by", "order%20by", "order by", "waitfor",
        "exec", "declare", "shutdown", "+or+", "%20or%20", "+and+", "%20and%20", "cmd=", "command=", "=//", "=%2f%2f", "=/%2f", "=http:", "=https:", "ping+-", "ping%20-", "cat+", "cat%20", "ls+-",
        "ls%20-", "wget", "curl", "whoami", "uname", "passthru", "onerror", "onload", "onmouse", "onfocus", "&&", "%26%26", "--", "%26+", "%26%20",
    ];

    private static readonly SearchValues<byte> HarmlessEscapes = SearchValues.Create([.. " /:,-_@=&?#+~![]"u8, .. Enumerable.Range(0x80, 0x80).Where(b => b is not (0xC0 or 0xC1 or 0xEF)).Select(b => (byte)b)]);

    private readonly LiteralMatcher _literals;
    private readonly LiteralMatcher _agents;

    public Prefilter(IReadOnlyList<Literal> literals)
    {
        var plain = literals.Where(literal => !literal.Bytes.AsSpan().ContainsAny(TargetBytes) && (literal.Scope & LiteralScope.Agent) == 0);
        var triggers = Triggers.Select(trigger => new Literal(System.Text.Encoding.ASCII.GetBytes(trigger), Rules.ContextLong, LiteralScope.Anywhere));
        _literals = new LiteralMatcher([.. plain, .. triggers]);
        _agents = new LiteralMatcher([.. literals.Where(literal => (literal.Scope & LiteralScope.Agent) != 0)]);
    }

    /// <summary>True if a path or query needs no closer look.</summary>
    public bool IsOrdinaryTarget(ReadOnlySpan<byte> text) =>
        !text.ContainsAny(TargetBytes) && !HasTellingEscape(text) && !_literals.OccursIn(text);

    /// <summary>True if a User-Agent needs no closer look.</summary>
    public bool IsOrdinaryAgent(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(HeaderBytes)) return false;
        var browser = "Mozilla/5.0 ("u8;
        bool isBrowser = text.Length < 240 && text.StartsWith(browser) && text[browser.Length..] is [(byte)'W' or (byte)'X' or (byte)'M' or (byte)'L' or (byte)'i', ..] && text.IndexOf("Gecko"u8) > 0;
        return isBrowser || !_agents.OccursIn(text);
    }

    /// <summary>True if a Referer needs no closer look.</summary>
    public static bool IsOrdinaryReferer(ReadOnlySpan<byte> text) => !text.ContainsAny(TargetBytes) && !HasTellingEscape(text);

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
