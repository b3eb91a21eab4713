namespace Vedette.Training;

/// <summary>Tells attacks that show in the request's text from those that only the application could notice.</summary>
/// <remarks>
/// Visible means: after percent-decoding, the path, query, headers or body hold two of <c>&lt; &gt; ' " ` ; | $ { } ( ) \</c> and line breaks, or <c>..</c>, <c>--</c>, <c>/*</c>, or a colon
/// before two slashes. A misspelt parameter, a number out of range or a file nobody links to hold none of these, and a lone apostrophe is no attack.
/// </remarks>
internal static class Visibility
{
    public static bool IsVisible(PayloadRecord record)
    {
        if (!record.IsAttack) return false;
        string text = Uri.UnescapeDataString(Uri.UnescapeDataString(record.Value ?? $"{record.Path}?{record.Query} {record.Body}"));
        return text.Count(c => "<>'\"`;|${}()\\\r\n".Contains(c, StringComparison.Ordinal)) >= 2 || text.Contains("..", StringComparison.Ordinal) || text.Contains("--", StringComparison.Ordinal)
            || text.Contains("/*", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal);
    }
}
