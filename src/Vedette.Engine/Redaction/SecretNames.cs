using System.Collections.Frozen;
using System.Text;

namespace Vedette.Engine.Redaction;

/// <summary>Tells by the name of a parameter, field, header or cookie whether its value is a credential.</summary>
/// <remarks>
/// Names are compared as lower-case letters and digits only, so that <c>API-Key</c>, <c>api_key</c> and <c>apiKey</c> are one, and <c>user[password]</c> contains <c>password</c>. The lists follow what
/// web frameworks and the OWASP Logging Cheat Sheet leave out of logs.
/// </remarks>
internal sealed class SecretNames
{
    public const int MaxLength = 64;

    /// <summary>Free text wherever in a name they occur: people choose it, so any byte may belong to it.</summary>
    private static readonly string[] FreeParts = ["password", "passwd", "passphrase", "passcode", "secret", "authorization", "credential"];

    /// <summary>Tokens wherever in a name they occur.</summary>
    private static readonly string[] TokenParts =
    [
        "apikey", "accesskey", "privatekey", "sessionid", "sessid", "sessiontoken", "authtoken", "accesstoken", "refreshtoken", "idtoken", "bearertoken", "cardnumber", "creditcard", "securitycode",
    ];

    /// <summary>Tokens at the end of a name: <c>csrf_token</c>, not <c>tokenize</c>.</summary>
    private static readonly string[] TokenEnds = ["token", "cookie", "cookies", "jwt", "otp", "ssn", "cvv", "cvc"];

    /// <summary>Free text at the end of a name.</summary>
    private static readonly string[] FreeEnds = ["pwd"];

    /// <summary>Free text as a whole name only: too short to be looked for inside others.</summary>
    private static readonly string[] FreeWhole = ["pass", "pw", "pin", "auth", "xauth"];

    /// <summary>Tokens as a whole name only.</summary>
    private static readonly string[] TokenWhole =
    [
        "key", "session", "sid", "sig", "signature", "xsrf", "csrf", "iban", "ccnumber", "samlresponse", "assertion", "clientassertion", "xamzsignature", "xamzcredential", "xgoogsignature", "authkey",
    ];

    private static readonly byte[][] FreePartBytes = [.. FreeParts.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] FreeEndBytes = [.. FreeEnds.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] TokenPartBytes = [.. TokenParts.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] TokenEndBytes = [.. TokenEnds.Select(Encoding.ASCII.GetBytes)];
    private static readonly FrozenSet<string> TokenNames = TokenWhole.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string> _free;
    private readonly FrozenSet<string> _kept;

    public SecretNames(RedactionOptions options)
    {
        _free = FreeWhole.Concat(options.Names.Select(Normalize)).ToFrozenSet(StringComparer.Ordinal);
        _kept = options.Keep.Select(Normalize).ToFrozenSet(StringComparer.Ordinal);
    }

    public static string Normalize(string name)
    {
        Span<byte> normalized = stackalloc byte[MaxLength + 1];
        return Encoding.ASCII.GetString(normalized[..Normalize(Encoding.UTF8.GetBytes(name), normalized)]);
    }

    /// <summary>What the value under this name, as sent, is.</summary>
    public SecretKind KindOf(ReadOnlySpan<byte> name)
    {
        Span<byte> buffer = stackalloc byte[MaxLength + 1];
        int length = Normalize(name, buffer);
        if (length is < 2 or > MaxLength) return SecretKind.None;
        ReadOnlySpan<byte> normalized = buffer[..length];
        SecretKind kind = ContainsAny(normalized, FreePartBytes) || EndsWithAny(normalized, FreeEndBytes) || IsIn(_free, normalized) ? SecretKind.FreeText
            : ContainsAny(normalized, TokenPartBytes) || EndsWithAny(normalized, TokenEndBytes) || IsIn(TokenNames, normalized) ? SecretKind.Token
            : SecretKind.None;
        return kind != SecretKind.None && _kept.Count > 0 && IsIn(_kept, normalized) ? SecretKind.None : kind;
    }

    private static bool ContainsAny(ReadOnlySpan<byte> name, byte[][] parts)
    {
        foreach (byte[] part in parts)
            if (name.IndexOf(part) >= 0) return true;
        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<byte> name, byte[][] ends)
    {
        foreach (byte[] end in ends)
            if (name.EndsWith(end)) return true;
        return false;
    }

    private static bool IsIn(FrozenSet<string> names, ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[MaxLength];
        int length = Encoding.ASCII.GetChars(name, chars);
        return names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(chars[..length]);
    }

    /// <summary>Lower-case letters and digits; percent-encoded bytes are left out. More than the buffer holds shows in a length of one too many.</summary>
    private static int Normalize(ReadOnlySpan<byte> name, Span<byte> normalized)
    {
        int length = 0;
        for (int i = 0; i < name.Length && length <= MaxLength; i++)
        {
            byte b = name[i];
            if (b == '%' && i + 2 < name.Length && char.IsAsciiHexDigit((char)name[i + 1]) && char.IsAsciiHexDigit((char)name[i + 2])) i += 2;
            else if (char.IsAsciiLetterOrDigit((char)b)) normalized[length++] = (byte)char.ToLowerInvariant((char)b);
        }
        return Math.Min(length, MaxLength + 1);
    }
}

/// <summary>What a value is, which decides how much of it is masked.</summary>
internal enum SecretKind
{
    None,

    /// <summary>Letters, digits and a few marks: what else follows, an attack perhaps, is not part of it.</summary>
    Token,

    /// <summary>Anything up to the end of the value.</summary>
    FreeText,
}
