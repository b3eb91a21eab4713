namespace Vedette.Engine.Normalization;

/// <summary>The names by which frameworks and people call the place where credentials are sent.</summary>
internal static class LoginWords
{
    public const int MaxLength = 40;
    private const int MinLength = 3;

    /// <summary>What has more words is a sentence: the title of an article about logging in.</summary>
    private const int MostWords = 4;
    private const int MemoSize = 4096;

    /// <summary>Names of a place to log in where they are all of a segment: some are common words, and mean something else within a longer name.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "auth", "authentication", "token", "tokens", "access_token", "access-token", "accesstoken", "gettoken", "get-token", "get_token", "api-token-auth", "session", "sessions",
        "j_security_check", "logincheck", "dologin", "userlogin", "adminlogin", "xmlrpc",
        "otp", "totp", "verify-otp", "verify_otp", "verifyotp", "verify-code", "verify_code", "verifycode", "passcode",
        "identification", "connexion", "se-connecter", "anmeldung", "acceso", "acceder", "ingresar", "ingreso", "entrar", "accesso", "accedi", "giris", "oturum", "prihlaseni", "prihlasenie",
        "belepes", "inloggning", "innlogging", "vhod", "avtorizatsiya", "denglu",
    };

    /// <summary>Words that say so within a longer name too, such as <c>user.login</c> or <c>UserService.Authenticate</c>.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "login", "logon", "signin", "signon", "authenticate", "connexion", "anmelden", "einloggen", "autenticar", "inloggen", "aanmelden", "logowanie", "zaloguj", "bejelentkezes", "kirjaudu",
    };

    /// <summary>What follows or leads says that the name is about logins and takes none: <c>login-history</c>.</summary>
    private static readonly HashSet<string> Asides = new(StringComparer.Ordinal)
    {
        "history", "attempts", "attempt", "events", "event", "logs", "audit", "stats", "status", "count", "providers", "methods", "options", "config", "settings", "report", "reports", "last", "page",
        "failed", "alerts", "notification", "notifications", "reminder",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NameLookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> WordLookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AsideLookup = Asides.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Answers of the past by the end of their fingerprint, the answer in the lowest bit; the latest wins. Each is one word, so that threads may share them.</summary>
    private static readonly ulong[] Memo = new ulong[MemoSize];

    /// <summary>As <see cref="Contains(ReadOnlySpan{byte})"/>, remembering: paths repeat the same few words.</summary>
    /// <param name="segment">A segment of a path.</param>
    /// <param name="fingerprint">Its fingerprint.</param>
    public static bool Contains(ReadOnlySpan<byte> segment, ulong fingerprint)
    {
        ref ulong known = ref Memo[fingerprint / 2 % MemoSize];
        ulong memo = Volatile.Read(ref known);
        if ((memo ^ fingerprint) >> 1 == 0) return (memo & 1) != 0;
        bool answer = Contains(segment);
        Volatile.Write(ref known, fingerprint & ~1UL | (answer ? 1UL : 0));
        return answer;
    }

    /// <summary>True for a segment of a path that names a place to log in, whatever its case and a script's ending (<c>.php</c>, <c>.aspx</c>).</summary>
    public static bool Contains(ReadOnlySpan<byte> segment)
    {
        if (segment.Length is < MinLength or > MaxLength || segment[0] == '.') return false;
        int dot = segment.IndexOf((byte)'.');
        ReadOnlySpan<byte> stem = dot > 0 ? segment[..dot] : segment;
        Span<char> lower = stackalloc char[MaxLength];
        return NameLookup.Contains(ToLower(stem, lower)) || HasWord(segment);
    }

    /// <summary>True if a value of a query names a login as what is to be done: <c>task=user.login</c>, <c>route=account/login</c>. Short words that mean other things as well do not count.</summary>
    public static bool IsAction(ReadOnlySpan<byte> query)
    {
        foreach (Range range in query.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = query[range];
            ReadOnlySpan<byte> value = pair[(pair.IndexOf((byte)'=') + 1)..];
            if (value.Length is >= MinLength and <= MaxLength && HasWord(value)) return true;
        }
        return false;
    }

    /// <summary>Parts a name into words, at signs and where capitals begin, and looks for one that means logging in.</summary>
    private static bool HasWord(ReadOnlySpan<byte> name)
    {
        Span<char> lower = stackalloc char[MaxLength];
        scoped ReadOnlySpan<char> before = default;
        bool found = false;
        int start = 0, words = 0;
        ToLower(name, lower);
        for (int i = 0; i <= name.Length; i++)
        {
            bool isSign = i < name.Length && !char.IsAsciiLetter(lower[i]);
            bool isCapital = i > start && i < name.Length && char.IsAsciiLetterUpper((char)name[i]) && char.IsAsciiLetterLower((char)name[i - 1]);
            if (i < name.Length && !isSign && !isCapital) continue;
            ReadOnlySpan<char> word = lower[start..i];
            start = isSign ? i + 1 : i;
            if (word.IsEmpty) continue;
            if (++words > MostWords || AsideLookup.Contains(word)) return false;
            found |= WordLookup.Contains(word) || (word is "in" or "on" && before is "log" or "sign");
            before = word;
        }
        return found;
    }

    private static ReadOnlySpan<char> ToLower(ReadOnlySpan<byte> text, Span<char> lower)
    {
        for (int i = 0; i < text.Length; i++) lower[i] = (char)((uint)(text[i] - 'A') <= 25 ? text[i] | 0x20 : text[i]);
        return lower[..text.Length];
    }
}
