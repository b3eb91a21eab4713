namespace Vedette.Engine.Normalization;

/// <summary>The path segments by which frameworks name the place where credentials are sent.</summary>
internal static class LoginWords
{
    public const int MaxLength = 24;

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "login", "logon", "signin", "sign-in", "sign_in", "log-in", "log_in", "authenticate", "authentication", "auth", "token", "tokens",
        "session", "sessions", "wp-login", "j_security_check", "dologin", "do_login", "do-login", "login_check", "logincheck", "userlogin",
        "user_login", "user-login", "adminlogin", "account_login", "xmlrpc",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Compares without case and without a script's ending (<c>.php</c>, <c>.aspx</c>).</summary>
    public static bool Contains(ReadOnlySpan<byte> segment)
    {
        int dot = segment.IndexOf((byte)'.');
        if (dot > 0) segment = segment[..dot];
        if (segment.Length is < 4 or > MaxLength) return false;
        // Every word holds an o or an x or starts like "auth", "sign", "session": most segments leave here.
        byte first = (byte)(segment[0] | 0x20);
        if (first is not ((byte)'l' or (byte)'s' or (byte)'a' or (byte)'t' or (byte)'w' or (byte)'j' or (byte)'d' or (byte)'u' or (byte)'x')) return false;
        Span<char> lower = stackalloc char[MaxLength];
        for (int i = 0; i < segment.Length; i++) lower[i] = (char)((uint)(segment[i] - 'A') <= 25 ? segment[i] | 0x20 : segment[i]);
        return Lookup.Contains(lower[..segment.Length]);
    }
}
