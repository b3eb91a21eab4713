namespace Vedette.Engine.Parsing;

/// <summary>Reads the times of logs as microseconds since 1970-01-01T00:00:00Z. A time without a zone is taken as UTC.</summary>
internal static class Timestamp
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    /// <summary>Length of <c>10/Oct/2000:13:55:36 -0700</c>.</summary>
    public const int ClfLength = 26;

    /// <summary>Reads any of the forms below, told apart by the first separators.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 8) return TryParseEpoch(text, out micros);
        if (text[2] == (byte)'/') return TryParseClf(text, out micros);
        if (text[4] is (byte)'-' or (byte)'/') return TryParseIso(text, out micros);
        return TryParseEpoch(text, out micros);
    }

    /// <summary>Reads <c>10/Oct/2000:13:55:36 -0700</c>, with or without a fraction of a second and the zone.</summary>
    public static bool TryParseClf(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 20 || text[2] != (byte)'/' || text[6] != (byte)'/' || text[11] != (byte)':' || text[14] != (byte)':' || text[17] != (byte)':')
            return false;
        int day = Digits2(text, 0), month = Month(text[3], text[4], text[5]), year = Digits4(text, 7);
        int hour = Digits2(text, 12), minute = Digits2(text, 15), second = Digits2(text, 18);
        return TryCombine(year, month, day, hour, minute, second, out micros) && TryAddRest(text[20..], ref micros);
    }

    /// <summary>Reads RFC 3339 and its relatives: <c>2024-05-01T10:00:00.123Z</c>, blank for T, comma for point, zone <c>+0200</c> or none, date alone.</summary>
    public static bool TryParseIso(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!TryParseDate(text, out long days, out int used)) return false;
        micros = days * MicrosPerDay;
        if (used == text.Length) return true;
        if (text[used] is not ((byte)'T' or (byte)'t' or (byte)' ' or (byte)':')) return false;
        text = text[(used + 1)..];
        if (!TryParseTimeOfDay(text, out long time, out used)) return false;
        micros += time;
        return TryAddRest(text[used..], ref micros);
    }

    /// <summary>Reads Unix time in seconds (with or without fraction), milli-, micro- or nanoseconds, told apart by magnitude (good for the years 1973 to 5138).</summary>
    public static bool TryParseEpoch(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        int point = text.IndexOfAny((byte)'.', (byte)'e', (byte)'E');
        if (point >= 0 && !Utf8Number.TryParseScaled(text, 6, out micros)) return point is > 11 and < 20 && TryScaleLong(text[..point], out micros);
        return point >= 0 ? micros > 0 : TryScaleLong(text, out micros);
    }

    private static bool TryScaleLong(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length == 19) return Utf8Number.TryParse(text[..16], out micros) && Utf8Number.TryParse(text[16..], out _);
        if (!Utf8Number.TryParse(text, out long value) || value == 0) return false;
        micros = value switch
        {
            < 100_000_000_000 => value * MicrosPerSecond,
            < 100_000_000_000_000 => value * 1000,
            < 100_000_000_000_000_000 => value,
            _ => value / 1000,
        };
        return true;
    }

    /// <summary>Reads <c>2024-05-01</c> or <c>2024/05/01</c> at the start of <paramref name="text"/> as days since 1970-01-01.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out long days, out int used)
    {
        days = 0;
        used = 10;
        if (text.Length < 10 || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]) return false;
        int year = Digits4(text, 0), month = Digits2(text, 5), day = Digits2(text, 8);
        if (!IsDate(year, month, day)) return false;
        days = DaysFromCivil(year, month, day);
        return true;
    }

    /// <summary>Reads <c>10:00</c>, <c>10:00:00</c> or <c>10:00:00.123</c> at the start of <paramref name="text"/>.</summary>
    public static bool TryParseTimeOfDay(ReadOnlySpan<byte> text, out long micros, out int used)
    {
        micros = 0;
        used = 5;
        if (text.Length < 5 || text[2] != (byte)':') return false;
        int hour = Digits2(text, 0), minute = Digits2(text, 3), second = 0;
        if (text.Length >= 8 && text[5] == (byte)':')
        {
            second = Digits2(text, 6);
            used = 8;
        }
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 60) return false;
        micros = ((hour * 60 + minute) * 60 + second) * MicrosPerSecond;
        used += AddFraction(text[used..], ref micros);
        return true;
    }

    /// <summary>Puts a date and a time of day together; false if any part is out of range. A leap second counts as the next second.</summary>
    public static bool TryCombine(int year, int month, int day, int hour, int minute, int second, out long micros)
    {
        micros = 0;
        if (!IsDate(year, month, day) || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 60) return false;
        micros = (DaysFromCivil(year, month, day) * 86_400 + (hour * 60 + minute) * 60 + second) * MicrosPerSecond;
        return true;
    }

    /// <summary>1 to 12 for the English short name of a month, case ignored; 0 for anything else.</summary>
    public static int Month(byte a, byte b, byte c) => ((a << 16 | b << 8 | c) | 0x202020) switch
    {
        'j' << 16 | 'a' << 8 | 'n' => 1,
        'f' << 16 | 'e' << 8 | 'b' => 2,
        'm' << 16 | 'a' << 8 | 'r' => 3,
        'a' << 16 | 'p' << 8 | 'r' => 4,
        'm' << 16 | 'a' << 8 | 'y' => 5,
        'j' << 16 | 'u' << 8 | 'n' => 6,
        'j' << 16 | 'u' << 8 | 'l' => 7,
        'a' << 16 | 'u' << 8 | 'g' => 8,
        's' << 16 | 'e' << 8 | 'p' => 9,
        'o' << 16 | 'c' << 8 | 't' => 10,
        'n' << 16 | 'o' << 8 | 'v' => 11,
        'd' << 16 | 'e' << 8 | 'c' => 12,
        _ => 0,
    };

    /// <summary>Reads a zone, <c>Z</c>, <c>+0200</c>, <c>+02:00</c> or <c>+02</c>, that fills <paramref name="text"/>, as microseconds east of Greenwich.</summary>
    public static bool TryParseZone(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text is [(byte)'Z' or (byte)'z']) return true;
        if (text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8)) return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || text.Length == 6 && text[3] != (byte)':') return false;
        int hours = Digits2(text, 1), minutes = text.Length == 3 ? 0 : Digits2(text, text.Length - 2);
        if ((uint)hours > 18 || (uint)minutes > 59) return false;
        micros = (hours * 60 + minutes) * 60 * MicrosPerSecond * (text[0] == (byte)'-' ? -1 : 1);
        return true;
    }

    /// <summary>The two digits at <paramref name="at"/>, or a large negative number.</summary>
    public static int Digits2(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? -1_000_000 : (int)(tens * 10 + ones);
    }

    /// <summary>The four digits at <paramref name="at"/>, or a large negative number.</summary>
    public static int Digits4(ReadOnlySpan<byte> text, int at)
    {
        int high = Digits2(text, at), low = Digits2(text, at + 2);
        return high < 0 || low < 0 ? -1_000_000 : high * 100 + low;
    }

    private static bool TryAddRest(ReadOnlySpan<byte> rest, ref long micros)
    {
        rest = rest[AddFraction(rest, ref micros)..];
        if (rest.Length > 0 && rest[0] == (byte)' ') rest = rest[1..];
        if (rest.IsEmpty) return true;
        if (!TryParseZone(rest, out long offset)) return false;
        micros -= offset;
        return true;
    }

    /// <summary>Adds <c>.123</c> or <c>,123</c> at the start of <paramref name="text"/>; returns its length.</summary>
    private static int AddFraction(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',')) return 0;
        int used = 1;
        for (long unit = 100_000; used < text.Length && (uint)(text[used] - '0') <= 9; used++, unit /= 10) micros += (text[used] - '0') * unit;
        return used;
    }

    private static bool IsDate(int year, int month, int day) =>
        year is >= 1970 and < 9000 && (uint)(month - 1) < 12 && day >= 1 && (day <= 28 || day <= DateTime.DaysInMonth(year, month));

    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil, for years from 0.
    private static long DaysFromCivil(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year, era = y / 400, yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097L + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
