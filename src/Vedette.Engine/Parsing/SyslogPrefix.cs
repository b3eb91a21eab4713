namespace Vedette.Engine.Parsing;

/// <summary>What syslog puts in front of a message: RFC 3164, RFC 5424, and the ISO-timed variant of rsyslog.</summary>
internal static class SyslogPrefix
{
    /// <summary>Length of the prefix, 0 if there is none.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        int at = SkipPriority(text);
        bool hasPriority = at > 0;
        if (hasPriority && text[at..].StartsWith("1 "u8)) return SkipStructured(text, at + 2);
        int time = SkipTime(text, at);
        if (time < 0) return 0;
        at = SkipToken(text, time);
        if (at < 0) return 0;
        // The tag ends in a colon; some senders leave the host out, then the token just read was the tag.
        if (text[at - 2] == (byte)':') return at;
        int tag = SkipToken(text, at);
        return tag > 0 && text[tag - 2] == (byte)':' ? tag : 0;
    }

    private static int SkipPriority(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != (byte)'<') return 0;
        int close = text[..Math.Min(text.Length, 5)].IndexOf((byte)'>');
        return close > 1 && !text[1..close].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? close + 1 : 0;
    }

    /// <summary>RFC 5424 behind the version: time, host, application, process, message id, then structured data.</summary>
    private static int SkipStructured(ReadOnlySpan<byte> text, int at)
    {
        for (int i = 0; i < 5 && at >= 0; i++) at = SkipToken(text, at);
        if (at < 0 || at >= text.Length) return 0;
        if (text[at] == (byte)'[')
        {
            int close = text[at..].IndexOf("] "u8);
            return close < 0 ? 0 : at + close + 2;
        }
        return text[at..].StartsWith("- "u8) ? at + 2 : 0;
    }

    private static int SkipTime(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..];
        if (rest.Length > 16 && rest[3] == (byte)' ' && rest[6] == (byte)' ' && rest[9] == (byte)':' && rest[15] == (byte)' ' && Timestamp.Month(rest[0], rest[1], rest[2]) > 0)
            return at + 16;
        int end = SkipToken(text, at);
        return end > 0 && Timestamp.TryParseIso(text[at..(end - 1)], out _) ? end : -1;
    }

    private static int SkipToken(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOf((byte)' ');
        return length <= 0 ? -1 : at + length + 1;
    }
}
