using System.Buffers.Text;

namespace Vedette.Engine.Parsing;

/// <summary>Reads the numbers of logs: plain decimals, scaled to integers, so no rounding depends on the platform.</summary>
internal static class Utf8Number
{
    /// <summary>Reads an unsigned integer of at most 18 digits that fills <paramref name="text"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 18) return false;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9) return false;
            value = value * 10 + digit;
        }
        return true;
    }

    /// <summary>Reads a number such as <c>12</c>, <c>0.0315</c> or <c>1.5e-05</c>, times ten to the <paramref name="scale"/>; further digits are cut off.</summary>
    public static bool TryParseScaled(ReadOnlySpan<byte> text, int scale, out long value)
    {
        value = 0;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point], fraction = point < 0 ? default : text[(point + 1)..];
        if (text.ContainsAny((byte)'e', (byte)'E')) return TryParseExponent(text, scale, out value);
        if (whole.IsEmpty && fraction.IsEmpty || whole.Length + scale > 18) return false;
        if (!whole.IsEmpty && !TryParse(whole, out value)) return false;
        for (int i = 0; i < Math.Max(scale, fraction.Length); i++)
        {
            uint digit = i < fraction.Length ? (uint)(fraction[i] - '0') : 0;
            if (digit > 9) return false;
            if (i < scale) value = value * 10 + digit;
        }
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, int scale, out long value)
    {
        value = 0;
        if (text.Length > 32 || !Utf8Parser.TryParse(text, out double number, out int used) || used != text.Length) return false;
        for (int i = 0; i < scale; i++) number *= 10;
        if (!(number is >= 0 and < 1e18)) return false;
        value = (long)number;
        return true;
    }
}
