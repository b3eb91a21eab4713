using System.Buffers;

namespace Vedette.Engine.Redaction;

/// <summary>Masks values that stand behind a telling name: <c>password=x</c>, <c>"token":"x"</c>, <c>Authorization: Bearer x</c>, <c>&lt;secret&gt;x&lt;/secret&gt;</c>, and the first two percent-encoded.</summary>
internal static class NamedValues
{
    private const int MaxNameDistance = 96;

    /// <summary>What can stand between a name and its value. <c>%</c> is for <c>%3D</c> and <c>%3A</c>.</summary>
    private static readonly SearchValues<byte> Separators = SearchValues.Create("=:>%"u8);
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.[]$%"u8);

    public static ReadOnlySpan<byte> MaskText => "***"u8;

    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> text, RedactedKind kind, SecretNames names, RedactionBuffer buffer)
    {
        int copied = 0, at = 0;
        bool isBegun = false;
        while (TryNext(text, ref at, kind, names, out SecretValue found))
        {
            if (!isBegun) buffer.Begin(text.Length);
            isBegun = true;
            buffer.Add(text[copied..found.Start]);
            found.Write(text, buffer);
            copied = at = found.End;
        }
        if (!isBegun) return text;
        buffer.Add(text[copied..]);
        return buffer.Text;
    }

    private static bool TryNext(ReadOnlySpan<byte> text, ref int at, RedactedKind kind, SecretNames names, out SecretValue found)
    {
        found = default;
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny(Separators);
            if (step < 0) break;
            int separator = at + step;
            at = separator + 1;
            int length = SeparatorLength(text[separator..]);
            if (length == 0) continue;
            ReadOnlySpan<byte> name = NameBefore(text, separator);
            if (name.IsEmpty) continue;
            SecretKind secret = names.KindOf(name);
            if (secret != SecretKind.None) found = SecretValue.After(text, separator, length, kind, HeaderOf(name));
            else if (IsPartName(text, name)) found = SecretValue.OfPart(text, at, names);
            if (secret == SecretKind.Token) found = found.AsToken(text);
            if (found.End > found.Start) return true;
        }
        return false;
    }

    /// <summary>Length of a separator at the beginning of the text; 0 if there is none.</summary>
    private static int SeparatorLength(ReadOnlySpan<byte> text) => text[0] != '%' ? 1 : text is [_, (byte)'3', (byte)'D' or (byte)'d' or (byte)'A' or (byte)'a', ..] ? 3 : 0;

    /// <summary>The name that ends before a position, after blanks and a quotation mark.</summary>
    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\t') end--;
        int begin = Math.Max(0, end - MaxNameDistance);
        ReadOnlySpan<byte> before = text[begin..end];
        if (before.EndsWith("%22"u8)) before = before[..^3];
        before = before.TrimEnd("\"'\\"u8);
        int start = before.LastIndexOfAnyExcept(NameBytes) + 1;
        return before[start..];
    }

    private static SecretHeader HeaderOf(ReadOnlySpan<byte> name) =>
        name.Length is 6 or 10 && System.Text.Ascii.EqualsIgnoreCase(name[^6..], "cookie"u8) ? SecretHeader.Cookie
        : name.Length is 13 or 19 && System.Text.Ascii.EqualsIgnoreCase(name[^13..], "authorization"u8) ? SecretHeader.Authorization
        : SecretHeader.None;

    /// <summary>True for the name of a part of a form with parts: <c>name="password"</c>, and the value comes two lines below.</summary>
    private static bool IsPartName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => name.SequenceEqual("name"u8) && text.IndexOf("form-data"u8) >= 0;
}

/// <summary>Headers whose whole line is a secret, in whatever text they stand.</summary>
internal enum SecretHeader
{
    None,
    Authorization,
    Cookie,
}
