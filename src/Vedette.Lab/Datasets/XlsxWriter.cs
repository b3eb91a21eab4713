using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Vedette.Lab.Datasets;

/// <summary>Writes a workbook (ECMA-376) sheet by sheet and row by row, without holding it in memory. Cells are numbers or text, never formulas.</summary>
/// <remarks>The same cells give the same bytes. Not thread-safe. <see cref="Finish"/> completes the file; the caller owns the stream.</remarks>
internal sealed class XlsxWriter : IDisposable
{
    /// <summary>Rows a sheet holds.</summary>
    public const int MaxRows = 1_048_576;

    /// <summary>Columns a sheet holds.</summary>
    public const int MaxColumns = 16_384;

    /// <summary>Characters a cell holds.</summary>
    public const int MaxText = 32_767;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    // Any fixed time will do: the same table must give the same file.
    private static readonly DateTimeOffset EntryTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private readonly List<string> _sheets = [];
    private StreamWriter? _sheet;
    private int _row;
    private int _column;

    public XlsxWriter(Stream output) => _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Cells that were cut at <see cref="MaxText"/>.</summary>
    public long CutCells { get; private set; }

    /// <summary>Begins a sheet whose first row stays in sight.</summary>
    /// <param name="name">At most 31 characters, no two sheets the same.</param>
    public void BeginSheet(string name)
    {
        EndSheet();
        _sheets.Add(name);
        _sheet = Open($"xl/worksheets/sheet{_sheets.Count}.xml");
        _sheet.Write($"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>");
        _row = 0;
    }

    /// <exception cref="InvalidDataException">The sheet is full.</exception>
    public void BeginRow()
    {
        if (_row == MaxRows) throw new InvalidDataException($"A sheet holds {MaxRows} rows, and there are more.");
        _row++;
        _column = 0;
        _sheet!.Write($"<row r=\"{_row}\">");
    }

    public void EndRow() => _sheet!.Write("</row>");

    /// <summary>Writes a number; one that is not finite leaves the cell empty.</summary>
    public void Number(double number)
    {
        _column++;
        if (!double.IsFinite(number)) return;
        _sheet!.Write("<c r=\"");
        WriteReference();
        _sheet.Write("\"><v>");
        _sheet.Write(number.ToString("R", CultureInfo.InvariantCulture));
        _sheet.Write("</v></c>");
    }

    /// <summary>Writes text; what XML cannot hold is left out, what a cell cannot hold is cut.</summary>
    public void Text(string text)
    {
        _column++;
        if (text.Length == 0) return;
        _sheet!.Write("<c r=\"");
        WriteReference();
        _sheet.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        WriteEscaped(Cut(SpreadsheetText.ForXml(text)));
        _sheet.Write("</t></is></c>");
    }

    /// <summary>Writes what makes the sheets a workbook.</summary>
    public void Finish()
    {
        EndSheet();
        WritePart("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>");
        WritePart("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(_sheets.Select(static (name, i) => $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
        WritePart("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{PackageRelations}\">"
            + string.Concat(_sheets.Select(static (_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
            + $"<Relationship Id=\"rId{_sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        WritePart("_rels/.rels", $"<Relationships xmlns=\"{PackageRelations}\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        WritePart("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
            + string.Concat(_sheets.Select(static (_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")) + "</Types>");
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _zip.Dispose();
    }

    private void EndSheet()
    {
        if (_sheet is null) return;
        _sheet.Write("</sheetData></worksheet>");
        _sheet.Dispose();
        _sheet = null;
    }

    private void WritePart(string path, string xml)
    {
        using StreamWriter part = Open(path);
        part.Write(xml);
    }

    private StreamWriter Open(string path)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryTime;
        var writer = new StreamWriter(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        writer.Write(Declaration);
        return writer;
    }

    private string Cut(string text)
    {
        if (text.Length <= MaxText) return text;
        CutCells++;
        return text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
    }

    /// <summary>Column and row as sheets count them: A1, Z1, AA1.</summary>
    private void WriteReference()
    {
        Span<char> letters = stackalloc char[4];
        int start = letters.Length;
        for (int rest = _column; rest > 0; rest = (rest - 1) / 26) letters[--start] = (char)('A' + (rest - 1) % 26);
        _sheet!.Write(letters[start..]);
        _sheet.Write(_row);
    }

    private void WriteEscaped(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '<': _sheet!.Write("&lt;"); break;
                case '>': _sheet!.Write("&gt;"); break;
                case '&': _sheet!.Write("&amp;"); break;
                case '\r': _sheet!.Write("_x000D_"); break;
                case '_' when IsEscape(text, i): _sheet!.Write("_x005F_"); break;
                default: _sheet!.Write(text[i]); break;
            }
        }
    }

    /// <summary>Whether a sheet would read <c>_xHHHH_</c> there as one character (ECMA-376 part 1, 22.9.2.19).</summary>
    private static bool IsEscape(string text, int at) =>
        at + 6 < text.Length && text[at + 1] is 'x' or 'X' && text[at + 6] == '_' && text.AsSpan(at + 2, 4).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
}
