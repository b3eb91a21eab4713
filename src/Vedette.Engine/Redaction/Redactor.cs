using System.Buffers;
using System.Text;

namespace Vedette.Engine.Redaction;

/// <summary>Masks credentials and card numbers in text from traffic: queries, headers, bodies, whole log lines. Thread-safe; allocates nothing where nothing is masked.</summary>
/// <remarks>
/// Values are masked by the name before them (<c>password=</c>, <c>"api_key":"</c>, <c>Authorization:</c>), whatever they look like, and without a name where they cannot be
/// anything else: JSON Web Tokens and payment cards. Redacting twice changes nothing more. Linear in the length of the text.
/// </remarks>
public sealed class Redactor
{
    internal const int MaxName = 40;

    private static readonly SearchValues<byte> Signs = SearchValues.Create("=:.0123456789"u8);

    /// <summary>A name that holds one of these names a secret, once small letters, <c>_</c> and <c>-</c> are out of the way.</summary>
    private static readonly string[] Secrets =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "authorization", "cookie", "credential", "privatekey", "accesskey", "sessionid", "sessid", "xauth", "jwt", "cvv", "cardnumber",
        "creditcard", "otpcode", "signature",
    ];

    /// <summary>These only as a whole name.</summary>
    private static readonly string[] WholeSecrets = ["session", "sid", "pass", "pw", "auth", "otp", "pin", "cvc", "ssn", "iban", "key"];

    /// <summary>Written over a value.</summary>
    public static ReadOnlySpan<byte> Mask => "***"u8;

    private readonly HashSet<string> _also;
    private readonly HashSet<string> _keep;

    public Redactor(RedactionOptions options)
    {
        _also = [.. options.Names.Select(Fold)];
        _keep = [.. options.Keep.Select(Fold)];
    }

    /// <summary>Masks with the default rules.</summary>
    public static Redactor Default { get; } = new(new RedactionOptions());

    /// <summary>Writes the text with its secrets masked; false, and nothing written, if there are none.</summary>
    public bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> masked)
    {
        int done = 0, at = 0;
        while (at < text.Length)
        {
            int found = text[at..].IndexOfAny(Signs);
            if (found < 0) break;
            at += found;
            if (!TryFindSecret(text, at, out int start, out int end))
            {
                at = end;
                continue;
            }
            masked.Write(text[done..start]);
            masked.Write(Mask);
            done = at = end;
        }
        if (done == 0) return false;
        masked.Write(text[done..]);
        return true;
    }

    /// <summary>The text with its secrets masked; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Redact(ReadOnlySpan<byte> text)
    {
        var masked = new ArrayBufferWriter<byte>(text.Length + Mask.Length);
        return Encoding.UTF8.GetString(TryRedact(text, masked) ? masked.WrittenSpan : text);
    }

    /// <summary>Looks at one sign; where it is no secret, <paramref name="end"/> is where to look on.</summary>
    private bool TryFindSecret(ReadOnlySpan<byte> text, int at, out int start, out int end)
    {
        byte sign = text[at];
        if (sign is (byte)'=' or (byte)':')
        {
            end = at + 1;
            return IsSecretName(NameBefore(text, at)) ? TryFindValue(text, at, out start, out end) : Nothing(out start);
        }
        if (sign == (byte)'.') return JsonWebToken.TryFind(text, at, out start, out end);
        return CardNumber.TryFind(text, at, out start, out end);
    }

    private static bool Nothing(out int start)
    {
        start = 0;
        return false;
    }

    /// <summary>The word before a sign, perhaps in quotes, perhaps behind a bracket.</summary>
    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text, int sign)
    {
        int end = sign;
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'"' or (byte)'\'' or (byte)']' or (byte)'\\' && sign - end < 4) end--;
        int start = end;
        while (start > 0 && end - start < MaxName && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] is (byte)'_' or (byte)'-' or (byte)'.')) start--;
        return text[start..end];
    }

    private bool IsSecretName(ReadOnlySpan<byte> name)
    {
        if (name.Length < 2) return false;
        Span<char> folded = stackalloc char[MaxName];
        int length = 0;
        foreach (byte b in name)
            if (char.IsAsciiLetterOrDigit((char)b)) folded[length++] = char.ToLowerInvariant((char)b);
        ReadOnlySpan<char> word = folded[..length];
        if (_keep.Count > 0 && _keep.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) return false;
        foreach (string secret in Secrets)
            if (word.IndexOf(secret, StringComparison.Ordinal) >= 0) return true;
        foreach (string secret in WholeSecrets)
            if (word.SequenceEqual(secret)) return true;
        return _also.Count > 0 && _also.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    /// <summary>The value behind a sign: to the end of its quotes, of its parameter, or of its header's line.</summary>
    private static bool TryFindValue(ReadOnlySpan<byte> text, int sign, out int start, out int end)
    {
        start = sign + 1;
        while (start < text.Length && text[start] == (byte)' ') start++;
        end = start;
        if (start >= text.Length || text[start] is (byte)'{' or (byte)'[' or (byte)'/') return false;
        bool isEscaped = text[start] == (byte)'\\' && start + 1 < text.Length && text[start + 1] == (byte)'"';
        if (text[start] == (byte)'"' || isEscaped)
        {
            start = end = start + (isEscaped ? 2 : 1);
            while (end < text.Length && text[end] != (byte)'"') end += text[end] == (byte)'\\' && !isEscaped ? 2 : 1;
            end = Math.Min(end, text.Length);
            if (isEscaped && end > start && text[end - 1] == (byte)'\\') end--;
        }
        else
        {
            // A header's value has blanks and semicolons in it; a parameter's has not.
            bool isHeader = text[sign] == (byte)':';
            while (end < text.Length && text[end] is not ((byte)'\n' or (byte)'\r' or (byte)'"' or (byte)'}') && (isHeader ? text[end] != (byte)',' : text[end] is not ((byte)'&' or (byte)';' or (byte)' ' or (byte)'\'' or (byte)','))) end++;
        }
        return end > start && !text[start..end].SequenceEqual(Mask);
    }

    private static string Fold(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
