using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Reads the field that says who sent a request: an address, a name (HostnameLookups), or nothing.</summary>
/// <remarks>
/// A name becomes a stand-in address (<see cref="NetworkAddress.FromName"/>), so such clients are told apart like others, and its text is kept in
/// <see cref="HttpEvent.ClientName"/> for display. Masked addresses (<c>203.0.113.xxx</c>) are names too.
/// </remarks>
internal static class ClientText
{
    private const int MaxNameLength = 255;

    /// <summary>Reads the field into <paramref name="parsed"/>; false if it is neither an address nor a name nor absent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int offset, ref HttpEvent parsed)
    {
        if (NetworkAddress.TryParse(text, out var address))
        {
            parsed.Client = address;
            return true;
        }
        if (text is [] or [(byte)'-']) return true;
        if (!IsName(text)) return false;
        parsed.Client = NetworkAddress.FromName(text);
        parsed.ClientName = new Utf8Slice(offset, text.Length);
        return true;
    }

    /// <summary>True for what may be a host name: letters, digits and the marks that masked addresses and socket names have.</summary>
    public static bool IsName(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxNameLength || !char.IsAsciiLetterOrDigit((char)text[0])) return false;
        foreach (byte b in text)
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'.' or (byte)'-' or (byte)'_' or (byte)':' or (byte)'*')) return false;
        return true;
    }
}
