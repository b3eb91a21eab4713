using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Vedette.Lab.Datasets;

namespace Vedette.Lab.Tests.Datasets;

public sealed class WorkbookTests
{
    private static readonly string[][] Hostile =
    [
        ["n", "text"],
        ["1.5", "=HYPERLINK(\"http://x\",\"click\")"],
        ["-2", "+1"],
        ["", "-1 OR 1=1"],
        ["3", "@SUM(A1:A9)"],
        ["4", "<tag attr='&amp;'>\"quoted\"</tag>"],
        ["5", "nul\0 bell\a escape\u001b half \ud800 smile \U0001F600"],
        ["6", " blanks \r\nand lines "],
        ["7", "_x0041_ is not A"],
        ["8", new string('x', 40_000)],
    ];

    [Fact]
    public void AnIndependentValidatorFindsNoFault()
    {
        using MemoryStream file = Export(Hostile, out _);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(file, isEditable: false);
        ValidationErrorInfo[] errors = [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document)];
        Assert.Empty(errors.Select(static error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal(["data", "statistics", "sample", "correlation"], document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(static sheet => sheet.Name!.Value));
    }

    [Fact]
    public void TextStaysTextAndNumbersAreNumbers()
    {
        using MemoryStream file = Export(Hostile, out long cut);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(file, isEditable: false);
        Cell[] cells = [.. Sheet(document, 0).Descendants<Cell>()];
        Assert.DoesNotContain(cells, static cell => cell.CellFormula is not null);
        Assert.Equal("1.5", Find(cells, "A2").CellValue!.Text);
        Assert.Null(Find(cells, "A2").DataType);
        Assert.Equal("=HYPERLINK(\"http://x\",\"click\")", Text(cells, "B2"));
        Assert.Equal("@SUM(A1:A9)", Text(cells, "B5"));
        Assert.Equal("<tag attr='&amp;'>\"quoted\"</tag>", Text(cells, "B6"));
        Assert.Equal("nul bell escape half \ufffd smile \U0001F600", Text(cells, "B7"));
        Assert.Equal(" blanks _x000D_\nand lines ", Text(cells, "B8"));
        Assert.Equal("_x005F_x0041_ is not A", Text(cells, "B9"));
        Assert.Equal(32_767, Text(cells, "B10").Length);
        Assert.DoesNotContain(cells, static cell => cell.CellReference == "A4");
        Assert.Equal(2, cut); // once in data, once in sample
    }

    [Fact]
    [Trait("Row", "E9")]
    public void StatisticsAndCorrelationsAreInTheirSheets()
    {
        using MemoryStream file = Export([["a", "b"], ["1", "2"], ["2", "4"], ["3", "6"]], out _);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(file, isEditable: false);
        Cell[] statistics = [.. Sheet(document, 1).Descendants<Cell>()];
        Assert.Equal(("a", "number", "2"), (Text(statistics, "A2"), Text(statistics, "B2"), Find(statistics, "F2").CellValue!.Text));
        Cell[] correlation = [.. Sheet(document, 3).Descendants<Cell>()];
        Assert.Equal(1, double.Parse(Find(correlation, "C2").CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture), 12);
    }

    [Fact]
    public void TheSameTableGivesTheSameBytes()
    {
        using MemoryStream first = Export(Hostile, out _), second = Export(Hostile, out _);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void MoreRowsThanASheetHoldsAreRefusedWithBothNumbers()
    {
        IEnumerable<string[]> records = Enumerable.Repeat<string[]>(["1"], 1_048_576).Prepend(["n"]);
        var summary = DatasetSummary.Of(records);
        using var file = new MemoryStream();
        var error = Assert.Throws<InvalidDataException>(() => DatasetExport.WriteWorkbook(summary, records, file));
        Assert.Contains("1,048,576", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void ColumnsAreLetteredBeyondZ()
    {
        using var file = new MemoryStream();
        using (var workbook = new XlsxWriter(file))
        {
            workbook.BeginSheet("data");
            workbook.BeginRow();
            for (int i = 0; i < 703; i++) workbook.Number(i);
            workbook.EndRow();
            workbook.Finish();
        }
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        string xml = reader.ReadToEnd();
        foreach (string cell in (string[])["\"Z1\"><v>25<", "\"AA1\"><v>26<", "\"ZZ1\"><v>701<", "\"AAA1\"><v>702<"]) Assert.Contains(cell, xml, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCsvSummaryHasALinePerColumn()
    {
        using var text = new StringWriter();
        DatasetExport.WriteStatistics(DatasetSummary.Of([["n", "=name"], ["1", "=1+1"], ["3", "=1+1"]]), text);
        Assert.Equal("column,kind,count,missing,distinct,mean,deviation,minimum,quartile_1,median,quartile_3,maximum,most_frequent\nn,number,2,0,2,2,1.4142135623730951,1,1.5,2,2.5,3,\n'=name,text,2,0,1,,,,,,,,'=1+1\n", text.ToString());
    }

    private static MemoryStream Export(string[][] records, out long cut)
    {
        var file = new MemoryStream();
        cut = DatasetExport.WriteWorkbook(DatasetSummary.Of(records), records, file);
        file.Position = 0;
        return file;
    }

    private static Worksheet Sheet(SpreadsheetDocument document, int index)
    {
        string id = document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ElementAt(index).Id!.Value!;
        return ((WorksheetPart)document.WorkbookPart.GetPartById(id)).Worksheet;
    }

    private static Cell Find(Cell[] cells, string reference) => cells.Single(cell => cell.CellReference == reference);

    private static string Text(Cell[] cells, string reference) => Find(cells, reference).InlineString!.Text!.Text;
}
