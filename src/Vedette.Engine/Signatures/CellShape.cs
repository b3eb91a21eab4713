namespace Vedette.Engine.Signatures;

/// <summary>Tells the bars that people draw tables and label links with from those between commands.</summary>
internal static class CellShape
{
    private const int MaxLink = 256;

    /// <summary>True if some line is the rule below a table's head: bars, hyphens, colons and nothing else. O(length).</summary>
    public static bool IsTable(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t\r"u8);
            if (line.Length >= 3 && line.Contains((byte)'|') && line.IndexOf("--"u8) >= 0 && line.IndexOfAnyExcept("|-: "u8) < 0) return true;
        }
        return false;
    }

    /// <summary>True if the bar at <paramref name="at"/> stands between cells of a table or before the label of a link: <c>&lt;https://host/|label&gt;</c>.</summary>
    /// <param name="text">In lower case.</param>
    /// <param name="at">Where the bar stands.</param>
    /// <param name="isTable">What <see cref="IsTable"/> says of the text.</param>
    public static bool IsBorder(ReadOnlySpan<byte> text, int at, bool isTable)
    {
        if (isTable && IsRow(text, at)) return true;
        var before = text[Math.Max(0, at - MaxLink)..at];
        int open = before.LastIndexOfAny((byte)'<', (byte)' ', (byte)'\n');
        if (open < 0 || before[open] != '<' || before[(open + 1)..] is not [(byte)'h' or (byte)'m' or (byte)'@' or (byte)'#' or (byte)'!', ..]) return false;
        var label = text.Slice(at + 1, Math.Min(text.Length - at - 1, MaxLink));
        return label.IndexOfAny((byte)'>', (byte)'|', (byte)';') is >= 0 and var close && label[close] == '>';
    }

    /// <summary>True if the line around begins and ends with a bar.</summary>
    private static bool IsRow(ReadOnlySpan<byte> text, int at)
    {
        int start = Math.Max(0, at - MaxLink), end = Math.Min(text.Length, at + MaxLink);
        int from = text[start..at].LastIndexOf((byte)'\n') + 1 + start;
        int to = text[at..end].IndexOf((byte)'\n');
        var line = text[from..(to < 0 ? end : at + to)].Trim(" \t\r"u8);
        return line.Length > 2 && line[0] == '|' && line[^1] == '|';
    }
}
