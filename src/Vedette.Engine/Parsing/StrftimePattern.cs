namespace Vedette.Engine.Parsing;

/// <summary>Reads a time written by a strftime format, as Apache's <c>%{format}t</c> has it. English names; without <c>%z</c> the time is UTC.</summary>
internal sealed class StrftimePattern
{
    private static readonly byte[][] MonthNames =
    [
        "January"u8.ToArray(), "February"u8.ToArray(), "March"u8.ToArray(), "April"u8.ToArray(), "May"u8.ToArray(), "June"u8.ToArray(), "July"u8.ToArray(),
        "August"u8.ToArray(), "September"u8.ToArray(), "October"u8.ToArray(), "November"u8.ToArray(), "December"u8.ToArray(),
    ];

    private readonly string _pattern;

    private StrftimePattern(string pattern) => _pattern = pattern;

    /// <summary>The pattern, or null if it has a directive that cannot be read back.</summary>
    public static StrftimePattern? TryCreate(string pattern)
    {
        string expanded = pattern.Replace("%F", "%Y-%m-%d", StringComparison.Ordinal).Replace("%T", "%H:%M:%S", StringComparison.Ordinal)
            .Replace("%D", "%m/%d/%y", StringComparison.Ordinal).Replace("%R", "%H:%M", StringComparison.Ordinal);
        for (int i = 0; i < expanded.Length; i++)
        {
            if (expanded[i] != '%') continue;
            if (++i == expanded.Length || !"YymdeHMSzZbBhaAsjfpI%".Contains(expanded[i], StringComparison.Ordinal)) return null;
        }
        return new StrftimePattern(expanded);
    }

    /// <summary>Reads a time at <paramref name="at"/> and moves behind it.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, ref int at, out long micros)
    {
        micros = 0;
        var parts = new Parts { Year = 1970, Month = 1, Day = 1 };
        for (int i = 0; i < _pattern.Length; i++)
        {
            bool good = _pattern[i] == '%' ? TryReadDirective(_pattern[++i], text, ref at, ref parts) : at < text.Length && text[at++] == _pattern[i];
            if (!good) return false;
        }
        if (parts.IsAfternoon && parts.Hour < 12) parts.Hour += 12;
        if (parts.IsMorning && parts.Hour == 12) parts.Hour = 0;
        if (parts.Epoch >= 0) micros = parts.Epoch * Timestamp.MicrosPerSecond;
        else if (!Timestamp.TryCombine(parts.Year, parts.Month, parts.Day, parts.Hour, parts.Minute, parts.Second, out micros)) return false;
        micros += parts.Fraction - parts.Zone;
        return true;
    }

    private static bool TryReadDirective(char directive, ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        switch (directive)
        {
            case 'Y': return TryNumber(text, ref at, 4, out parts.Year);
            case 'y':
                bool good = TryNumber(text, ref at, 2, out parts.Year);
                parts.Year += parts.Year < 70 ? 2000 : 1900;
                return good;
            case 'm': return TryNumber(text, ref at, 2, out parts.Month);
            case 'd' or 'e':
                while (at < text.Length && text[at] == (byte)' ') at++;
                return TryNumber(text, ref at, 2, out parts.Day);
            case 'H' or 'I': return TryNumber(text, ref at, 2, out parts.Hour);
            case 'M': return TryNumber(text, ref at, 2, out parts.Minute);
            case 'S': return TryNumber(text, ref at, 2, out parts.Second);
            case 'j': return TryNumber(text, ref at, 3, out _);
            case 'b' or 'h' or 'B': return TryMonth(text, ref at, out parts.Month);
            case 'a' or 'A' or 'Z': return SkipLetters(text, ref at);
            case 'p': return TryHalfDay(text, ref at, ref parts);
            case 'z': return TryZone(text, ref at, out parts.Zone);
            case 's': return TryEpoch(text, ref at, out parts.Epoch);
            case 'f': return TryFraction(text, ref at, out parts.Fraction);
            default: return at < text.Length && text[at++] == (byte)'%';
        }
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int at, int digits, out int number)
    {
        number = 0;
        int start = at;
        while (at < text.Length && at - start < digits && char.IsAsciiDigit((char)text[at])) number = number * 10 + text[at++] - '0';
        return at > start;
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, ref int at, out int month)
    {
        month = at + 3 <= text.Length ? Timestamp.Month(text[at], text[at + 1], text[at + 2]) : 0;
        if (month == 0) return false;
        at += text[at..].StartsWith(MonthNames[month - 1]) ? MonthNames[month - 1].Length : 3;
        return true;
    }

    private static bool SkipLetters(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiLetter((char)text[at])) at++;
        return at > start;
    }

    private static bool TryHalfDay(ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        if (at + 2 > text.Length || (text[at + 1] | 0x20) != 'm') return false;
        parts.IsAfternoon = (text[at] | 0x20) == 'p';
        parts.IsMorning = (text[at] | 0x20) == 'a';
        at += 2;
        return parts.IsAfternoon || parts.IsMorning;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, ref int at, out long zone)
    {
        int length = at + 6 <= text.Length && text[at + 3] == (byte)':' ? 6 : 5;
        zone = 0;
        if (at + length > text.Length || !Timestamp.TryParseZone(text.Slice(at, length), out zone)) return false;
        at += length;
        return true;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, ref int at, out long epoch)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) at++;
        return Utf8Number.TryParse(text[start..at], out epoch) && epoch < 100_000_000_000;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int at, out long micros)
    {
        micros = 0;
        int start = at;
        for (long unit = 100_000; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, unit /= 10) micros += (text[at] - '0') * unit;
        return at > start;
    }

    private struct Parts()
    {
        public int Year, Month, Day, Hour, Minute, Second;
        public long Fraction, Zone, Epoch = -1;
        public bool IsAfternoon, IsMorning;
    }
}
