namespace Vedette.Engine.Redaction;

/// <summary>Masks the password in <c>https://user:password@host</c>.</summary>
internal static class UrlPasswords
{
    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> text, RedactionBuffer buffer)
    {
        int at = 0, copied = 0;
        bool isBegun = false;
        while (text[at..].IndexOf("://"u8) is >= 0 and var step)
        {
            at += step + 3;
            ReadOnlySpan<byte> authority = text[at..];
            int end = authority.IndexOfAny("/?# \"\r\n"u8);
            if (end >= 0) authority = authority[..end];
            int sign = authority.LastIndexOf((byte)'@');
            int colon = authority.IndexOf((byte)':');
            if (sign < 0 || colon < 0 || colon >= sign - 1) continue;
            if (!isBegun) buffer.Begin(text.Length);
            isBegun = true;
            buffer.Add(text[copied..(at + colon + 1)]);
            buffer.Add(NamedValues.MaskText);
            copied = at = at + sign;
        }
        if (!isBegun) return text;
        buffer.Add(text[copied..]);
        return buffer.Text;
    }
}
