using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Tells attacks that show in the request's text from those that only the application could notice, and from rows that are no attack by themselves.</summary>
/// <remarks>
/// Judged are the values: path and query, or the body without the punctuation of its own JSON, XML or multipart, all percent-decoded twice and without the placeholders that fuzzing lists hold where a payload belongs. They show an attack if they hold two of
/// <c>&lt; &gt; ' " ` ; | $ { } ( ) \</c> and line breaks, or <c>..</c>, <c>--</c>, <c>/*</c>, or a colon before two slashes. A misspelt parameter, a number out of range or a file nobody links
/// to hold none of these, and a lone apostrophe is no attack. Left out besides, by rules that look at no verdict:
/// rows whose class is none of ours (protocol checks, fixed sessions); rule tests above paranoia level 1, which by their publisher's word match ordinary text too; and lines of script lists in which nothing could run, having neither a call, nor an attribute or assignment, nor a script's URI: closing tags, comments.
/// </remarks>
internal static partial class Visibility
{
    private const string Symbols = "<>'\"`;|${}()\\\r\n";

    public static bool IsVisible(PayloadRecord record)
    {
        if (!record.IsAttack || record.Category is not null && record.Class == PayloadClass.None || record.ParanoiaLevel > 1) return false;
        string text = Placeholder().Replace(Decode(record.Value ?? $"{record.Path}?{record.Query}\u0001{Values(record.Body)}"), "");
        if (record.Class == PayloadClass.Xss && !CouldRun(text)) return false;
        return text.Count(c => Symbols.Contains(c, StringComparison.Ordinal)) >= 2 || text.Contains("..", StringComparison.Ordinal) || text.Contains("--", StringComparison.Ordinal)
            || text.Contains("/*", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\w*(cmd|file|path|url|domain)\w*\}|\bXX\w+XX\b|__TIME__|<attackerip>|@rfiurl|%\(\w+\)s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private static bool CouldRun(string text) =>
        text.AsSpan().ContainsAny("(`=+") || text.Contains("script", StringComparison.OrdinalIgnoreCase) || text.Contains('&', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(Uri.UnescapeDataString(text));

    /// <summary>What the body holds, without its container's own punctuation; all of it where it is no container, or a broken one.</summary>
    private static string Values(string? body)
    {
        if (string.IsNullOrWhiteSpace(body)) return "";
        string text = body.Trim();
        return text[0] switch
        {
            '{' or '[' => JsonValues(text) ?? body,
            '<' when !text.Contains("<!", StringComparison.Ordinal) && text.StartsWith("<?xml", StringComparison.Ordinal) => XmlValues(text) ?? body,
            '-' when text.StartsWith("--", StringComparison.Ordinal) && text.Contains("Content-Disposition", StringComparison.OrdinalIgnoreCase) => PartValues(text),
            _ => body,
        };
    }

    private static string? JsonValues(string text)
    {
        try
        {
            var values = new StringBuilder();
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) values.Append(reader.GetString()).Append('\u0001');
            return values.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? XmlValues(string text)
    {
        try
        {
            var values = new StringBuilder();
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) values.Append(reader.Value).Append('\u0001');
                while (reader.NodeType is XmlNodeType.Element or XmlNodeType.Attribute && reader.MoveToNextAttribute()) values.Append(reader.Value).Append('\u0001');
            }
            return values.ToString();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The names and contents of the parts of a multipart body.</summary>
    private static string PartValues(string text)
    {
        var values = new StringBuilder();
        string boundary = text.Split('\n')[0].Trim();
        foreach (string part in text.Split(boundary, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] halves = part.Replace("\r", "", StringComparison.Ordinal).Split("\n\n", 2);
            foreach (Match name in PartName().Matches(halves[0])) values.Append(name.Groups[1].Value).Append('\u0001');
            if (halves.Length == 2) values.Append(Values(halves[1])).Append('\u0001');
        }
        return values.ToString();
    }

    [GeneratedRegex("name=\"?([^\";\n]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartName();
}
