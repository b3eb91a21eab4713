using System.Text;

namespace Vedette.Lab.Datasets;

/// <summary>Makes text from traffic harmless in tables that a spreadsheet opens.</summary>
/// <remarks>
/// A cell that begins with one of = + - @, a tab or a carriage return is a formula to a spreadsheet, and an attacker chose it. In CSV such text gets an apostrophe in front, as
/// https://owasp.org/www-community/attacks/CSV_Injection advises; <see cref="Unguard"/> takes it off again, so nothing is lost.
/// </remarks>
public static class SpreadsheetText
{
    /// <summary>The text with an apostrophe in front if a spreadsheet would calculate it.</summary>
    public static string Guard(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>Undoes <see cref="Guard"/>.</summary>
    public static string Unguard(string text) => text.Length > 1 && text[0] == '\'' && IsFormula(text) ? text[1..] : text;

    /// <summary>The text without what XML 1.0 cannot hold: control characters are left out, halves of surrogate pairs become U+FFFD.</summary>
    public static string ForXml(string text)
    {
        int clean = 0;
        while (clean < text.Length && text[clean] is '\t' or '\n' or '\r' or >= ' ' and < '\ud800') clean++;
        if (clean == text.Length) return text;
        var result = new StringBuilder(text.Length).Append(text, 0, clean);
        for (int i = clean; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) result.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c)) result.Append('\ufffd');
            else if (c is '\t' or '\n' or '\r' or >= ' ' and not ('\ufffe' or '\uffff')) result.Append(c);
        }
        return result.ToString();
    }

    // Apostrophes in front count as none: otherwise text that came with one could not be told from text that was given one.
    private static bool IsFormula(string text) => text.AsSpan().TrimStart('\'') is [('=' or '+' or '-' or '@' or '\t' or '\r'), ..];
}
