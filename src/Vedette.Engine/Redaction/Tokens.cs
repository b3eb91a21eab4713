namespace Vedette.Engine.Redaction;

/// <summary>Finds tokens that can be told by their form.</summary>
internal static class Tokens
{
    private const int MinLength = 16;

    /// <summary>What issuers put in front of their secrets: clouds, code hosts, chat, payment.</summary>
    private static readonly byte[][] Prefixes =
    [
        .. new[] { "AKIA", "ASIA", "AIza", "ya29", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxs-", "sk_live_", "sk_test_", "rk_live_", "sk-ant-", "sk-proj-", "npm_", "dop_v1_" }
            .Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    public static bool TryFind(ReadOnlySpan<byte> text, int start, int end, out int secretStart, out int secretEnd)
    {
        ReadOnlySpan<byte> word = text[start..end];
        secretStart = start;
        secretEnd = end;
        if (IsScheme(word) && TryCredentials(text, end, out secretStart, out secretEnd)) return true;
        secretStart = start;
        int jwt = word.IndexOf("eyJ"u8);
        if (jwt >= 0 && TryJwt(text, start + jwt, end, out secretEnd))
        {
            secretStart = start + jwt;
            return true;
        }
        if (word.Length < MinLength || !HasDigit(word)) return false;
        foreach (byte[] prefix in Prefixes)
            if (word.StartsWith(prefix)) return true;
        return false;
    }

    /// <summary>A JSON Web Token (RFC 7519): three parts in base64url, the first of which begins with <c>{"</c>.</summary>
    private static bool TryJwt(ReadOnlySpan<byte> text, int start, int headerEnd, out int end)
    {
        end = headerEnd;
        if (headerEnd - start < 10) return false;
        for (int part = 0; part < 2; part++)
        {
            if (end >= text.Length || text[end] != '.') return false;
            int length = LengthOfPart(text[(end + 1)..]);
            // The signature may be cut off or missing; header and claims are telling enough.
            if (length < 4 && part == 0) return false;
            end += 1 + length;
        }
        return true;
    }

    private static int LengthOfPart(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] is (byte)'-' or (byte)'_')) length++;
        return length;
    }

    private static bool IsScheme(ReadOnlySpan<byte> word) =>
        word.Length is 5 or 6 && (System.Text.Ascii.EqualsIgnoreCase(word, "Bearer") || System.Text.Ascii.EqualsIgnoreCase(word, "Basic"));

    /// <summary>What follows <c>Bearer</c> or <c>Basic</c> and a space, if it is long enough to be no ordinary word and has what words have not.</summary>
    private static bool TryCredentials(ReadOnlySpan<byte> text, int end, out int secretStart, out int secretEnd)
    {
        ReadOnlySpan<byte> rest = text[end..];
        int space = rest.StartsWith(" "u8) || rest.StartsWith("+"u8) ? 1 : rest.StartsWith("%20"u8) ? 3 : 0;
        secretStart = end + space;
        secretEnd = secretStart;
        if (space == 0) return false;
        while (secretEnd < text.Length && (char.IsAsciiLetterOrDigit((char)text[secretEnd]) || text[secretEnd] is (byte)'.' or (byte)'_' or (byte)'~' or (byte)'+' or (byte)'/' or (byte)'-' or (byte)'=')) secretEnd++;
        ReadOnlySpan<byte> credentials = text[secretStart..secretEnd];
        return credentials.Length >= 8 && (HasDigit(credentials) || credentials.Length >= MinLength || credentials.EndsWith("="u8));
    }

    private static bool HasDigit(ReadOnlySpan<byte> word) => word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
}
