namespace Vedette.Engine.Redaction;

/// <summary>Masks the values of cookies: which of them is a session nobody can tell by its name.</summary>
internal static class CookieValues
{
    public static ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> cookies, RedactionBuffer buffer)
    {
        if (cookies.IsEmpty) return cookies;
        buffer.Begin(cookies.Length);
        Append(cookies, buffer);
        return buffer.Text;
    }

    /// <summary>Adds <c>a=***; b=***</c>.</summary>
    public static void Append(ReadOnlySpan<byte> cookies, RedactionBuffer buffer)
    {
        while (!cookies.IsEmpty)
        {
            int end = cookies.IndexOf((byte)';');
            ReadOnlySpan<byte> cookie = end < 0 ? cookies : cookies[..end];
            int equals = cookie.IndexOf((byte)'=');
            if (equals >= 0) buffer.Add(cookie[..(equals + 1)]);
            // A cookie without a name is all value, and white space behind the last one is nothing.
            if (equals >= 0 || !cookie.Trim((byte)' ').IsEmpty) buffer.Add(NamedValues.MaskText);
            if (end < 0) return;
            buffer.Add(";"u8);
            cookies = cookies[(end + 1)..];
        }
    }
}
