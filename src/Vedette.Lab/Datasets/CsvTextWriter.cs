using System.Globalization;

namespace Vedette.Lab.Datasets;

/// <summary>Writes records of comma-separated values (RFC 4180, lines end with LF). The caller owns the output.</summary>
internal sealed class CsvTextWriter(TextWriter output)
{
    private bool _isFirst = true;

    /// <summary>Writes text, guarded against being taken for a formula; null is an empty cell.</summary>
    public void Text(string? text)
    {
        Separate();
        if (string.IsNullOrEmpty(text)) return;
        string cell = SpreadsheetText.Guard(text);
        // Blanks at the ends are quoted as well: some readers drop them otherwise.
        bool isQuoted = cell.AsSpan().ContainsAny(",\"\r\n") || cell[0] == ' ' || cell[^1] == ' ';
        if (!isQuoted) output.Write(cell);
        else output.Write($"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <summary>Writes a number; what is not finite is an empty cell.</summary>
    public void Number(double number)
    {
        Separate();
        if (double.IsFinite(number)) output.Write(number.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a number of single precision in as few digits as tell it apart.</summary>
    public void Number(float number)
    {
        Separate();
        if (float.IsFinite(number)) output.Write(number.ToString("R", CultureInfo.InvariantCulture));
    }

    public void Number(long number)
    {
        Separate();
        output.Write(number);
    }

    public void EndRecord()
    {
        output.Write('\n');
        _isFirst = true;
    }

    private void Separate()
    {
        if (!_isFirst) output.Write(',');
        _isFirst = false;
    }
}
