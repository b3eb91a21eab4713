namespace Vedette.Engine.Redaction;

/// <summary>Tells JSON Web Tokens from other text with dots: three parts in base64url, of which the first is a JSON object.</summary>
internal static class JsonWebToken
{
    private const int MinPart = 8;

    /// <summary>Looks whether the dot is the first one of a token; else <paramref name="end"/> is behind it.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, int dot, out int start, out int end)
    {
        start = dot;
        end = dot + 1;
        while (start > 0 && IsBase64Url(text[start - 1])) start--;
        // {" in base64 is eyJ.
        if (dot - start < MinPart || !text[start..].StartsWith("eyJ"u8)) return false;
        int second = dot + 1;
        while (second < text.Length && IsBase64Url(text[second])) second++;
        if (second - dot < MinPart || second >= text.Length || text[second] != (byte)'.') return false;
        end = second + 1;
        while (end < text.Length && IsBase64Url(text[end])) end++;
        return true;
    }

    private static bool IsBase64Url(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_';
}
