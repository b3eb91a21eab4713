using System.Text;

namespace Vedette.Cli.Reports;

/// <summary>Makes text from traffic safe to print: what a terminal would obey becomes visible instead.</summary>
internal static class TerminalText
{
    /// <summary>Replaces control and formatting characters (escape sequences, direction marks) by <c>\xNN</c> or <c>\uNNNN</c> and cuts at <paramref name="most"/> characters.</summary>
    public static string Sanitize(string text, int most = int.MaxValue)
    {
        var safe = new StringBuilder(Math.Min(text.Length, most) + 8);
        foreach (char c in text)
        {
            if (safe.Length >= most) return safe.Append('…').ToString();
            if (char.IsControl(c)) safe.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else if (char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
                safe.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else safe.Append(c);
        }
        return safe.ToString();
    }

    /// <summary>Breaks text at spaces into lines of at most <paramref name="width"/> characters.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        int start = 0;
        while (text.Length - start > width)
        {
            int space = text.LastIndexOf(' ', start + width, width);
            int end = space > start ? space : start + width;
            yield return text[start..end];
            start = space > start ? end + 1 : end;
        }
        yield return text[start..];
    }
}
