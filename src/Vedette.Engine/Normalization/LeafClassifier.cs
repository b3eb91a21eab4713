using System.Buffers;

namespace Vedette.Engine.Normalization;

/// <summary>Tells what a decoded value is, from its bytes alone, in one or two vectorised passes.</summary>
internal static class LeafClassifier
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.,-+eE"u8);
    private static readonly SearchValues<byte> DateBytes = SearchValues.Create("0123456789-:/.TZ+ "u8);

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/="u8);

    private static readonly SearchValues<byte> WordBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static readonly SearchValues<byte> EmailBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+@"u8);

    public static LeafType Classify(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return LeafType.Empty;
        byte first = text[0];
        if (first is (byte)'{' or (byte)'[' && LooksLikeJson(text)) return LeafType.Json;
        if (!text.ContainsAnyExcept(WordBytes)) return ClassifyWord(text);
        if (text.Length == 36 && IsUuid(text)) return LeafType.Uuid;
        if (!text.ContainsAnyExcept(NumberBytes) && char.IsAsciiDigit((char)text[^1]) && IsNumber(text)) return LeafType.Number;
        if (text.Length is >= 8 and <= 32 && char.IsAsciiDigit((char)first) && !text.ContainsAnyExcept(DateBytes) && IsDate(text)) return LeafType.Date;
        if (IsUrl(text)) return LeafType.Url;
        if (text.Contains((byte)'@') && !text.ContainsAnyExcept(EmailBytes) && text.Count((byte)'@') == 1) return LeafType.Email;
        if (text.ContainsAnyExcept(TokenBytes)) return LeafType.Text;
        return text.Contains((byte)'/') || text.IndexOf(".."u8) >= 0 ? LeafType.Path : LeafType.Token;
    }

    /// <summary>Types that can carry no payload, whatever their content.</summary>
    public static bool IsInert(LeafType type) =>
        type is LeafType.Empty or LeafType.Number or LeafType.Uuid or LeafType.Hex or LeafType.Date or LeafType.Email;

    private static LeafType ClassifyWord(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExcept(Digits)) return LeafType.Number;
        if (text.Length >= 8 && !text.ContainsAnyExcept(HexDigits) && text.ContainsAny(Digits)) return LeafType.Hex;
        return text.Length > 40 ? LeafType.Token : LeafType.Word;
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n"u8);
        byte last = text[0] == '{' ? (byte)'}' : (byte)']';
        if (text.Length < 2 || text[^1] != last) return false;
        var inside = text[1..^1].TrimStart(" \t\r\n"u8);
        return inside.IsEmpty || inside[0] is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            && (text[0] == '[' || inside[0] == '"' || inside[0] == '}');
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        text = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        int dots = text.Count((byte)'.');
        return !text.IsEmpty && char.IsAsciiDigit((char)text[0]) && text.IndexOfAny((byte)'-', (byte)'+') < 0 && dots <= 3 && text.IndexOf(".."u8) < 0;
    }

    private static bool IsUuid(ReadOnlySpan<byte> text) =>
        text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
        && !text[..8].ContainsAnyExcept(HexDigits) && !text[9..13].ContainsAnyExcept(HexDigits) && !text[14..18].ContainsAnyExcept(HexDigits)
        && !text[19..23].ContainsAnyExcept(HexDigits) && !text[24..].ContainsAnyExcept(HexDigits);

    private static bool IsDate(ReadOnlySpan<byte> text)
    {
        int year = text.IndexOfAnyExcept(Digits);
        return year is 1 or 2 or 4 && text[year] is (byte)'-' or (byte)'/' or (byte)'.' or (byte)':' && text.IndexOf("--"u8) < 0 && text.IndexOf(".."u8) < 0;
    }

    private static bool IsUrl(ReadOnlySpan<byte> text)
    {
        int colon = text[..Math.Min(text.Length, 16)].IndexOf("://"u8);
        return colon > 1 && !text[..colon].ContainsAnyExcept(WordBytes) && text.IndexOfAny((byte)' ', (byte)'<', (byte)'"') < 0;
    }
}
