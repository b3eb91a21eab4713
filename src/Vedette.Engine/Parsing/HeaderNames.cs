using System.Text;

namespace Vedette.Engine.Parsing;

/// <summary>The request headers that have a place of their own in an event.</summary>
internal static class HeaderNames
{
    private static readonly (byte[] Name, LogField Field)[] Known =
    [
        .. new (string Name, LogField Field)[]
        {
            ("user-agent", LogField.UserAgent),
            ("referer", LogField.Referer),
            ("referrer", LogField.Referer),
            ("cookie", LogField.Cookies),
            ("host", LogField.Host),
            ("x-forwarded-for", LogField.ForwardedFor),
            ("x-api-key", LogField.ApiKey),
        }.Select(known => (Encoding.ASCII.GetBytes(known.Name), known.Field)),
    ];

    /// <summary>The field of a header, case ignored and <c>_</c> taken for <c>-</c>, or <see cref="LogField.Skip"/>.</summary>
    public static LogField Field(ReadOnlySpan<byte> name)
    {
        foreach (var (known, field) in Known)
            if (Same(known, name)) return field;
        return LogField.Skip;
    }

    /// <summary>True for the names that session cookies usually have.</summary>
    public static bool IsSessionCookie(string name) =>
        name.Contains("sess", StringComparison.OrdinalIgnoreCase) || name.Equals("sid", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".sid", StringComparison.OrdinalIgnoreCase);

    private static bool Same(ReadOnlySpan<byte> known, ReadOnlySpan<byte> name)
    {
        if (known.Length != name.Length) return false;
        for (int i = 0; i < known.Length; i++)
        {
            byte b = name[i] == (byte)'_' ? (byte)'-' : name[i];
            if (b is >= (byte)'A' and <= (byte)'Z') b |= 0x20;
            if (b != known[i]) return false;
        }
        return true;
    }
}
