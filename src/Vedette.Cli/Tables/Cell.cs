using System.Globalization;

namespace Vedette.Cli.Tables;

/// <summary>What a cell of a table can hold.</summary>
internal static class Cell
{
    private const NumberStyles Style = NumberStyles.Float;

    /// <summary>Whether the cell says that there is no value: empty, NA, NaN, null, none, ?, or an infinity.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell) => cell.Length switch
    {
        0 => true,
        1 => cell[0] is '?' or '-',
        2 => Is(cell, "NA"),
        3 => Is(cell, "NaN") || Is(cell, "N/A") || Is(cell, "inf"),
        4 => Is(cell, "null") || Is(cell, "none") || Is(cell, "-inf") || Is(cell, "+inf") || Is(cell, "-nan"),
        8 => Is(cell, "infinity"),
        9 => Is(cell, "-infinity") || Is(cell, "+infinity"),
        _ => false,
    };

    /// <summary>Reads a finite number; with <paramref name="decimalComma"/> <c>1,5</c> is one and a half.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, bool decimalComma, out double number)
    {
        if (double.TryParse(cell, Style, CultureInfo.InvariantCulture, out number)) return double.IsFinite(number);
        if (!decimalComma || cell.Length > 64 || cell.IndexOf(',') < 0) return false;
        Span<char> copy = stackalloc char[cell.Length];
        cell.CopyTo(copy);
        copy.Replace(',', '.');
        return double.TryParse(copy, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>A cell as it appears in a message: shortened, without control characters.</summary>
    public static string Show(ReadOnlySpan<char> cell)
    {
        const int shown = 40;
        string text = cell.Length > shown ? string.Concat(cell[..shown], "…") : cell.ToString();
        return string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
    }

    private static bool Is(ReadOnlySpan<char> cell, string word) => cell.Equals(word, StringComparison.OrdinalIgnoreCase);
}
