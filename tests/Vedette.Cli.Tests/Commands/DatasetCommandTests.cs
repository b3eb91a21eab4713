using System.IO.Compression;
using Vedette.Cli.Commands;
using Vedette.Lab.Datasets;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed class DatasetCommandTests : IDisposable
{
    private const string Requests = "GET http://localhost/shop/index.jsp HTTP/1.1\nHost: localhost\n\n\nPOST http://localhost/shop/add.jsp HTTP/1.1\nContent-Length: 10\n\nname==1+1;\n\n";

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task MakesATableOfEveryApiAndOfImportedRequests()
    {
        string csic = _workspace.Write("anomalous.txt", Requests), table = _workspace.PathOf("set.csv");
        (int exit, string error) = await RunAsync("make", "--hours", "0.2", "--rate", "60", "--seed", "5", "--csic", csic, "--out", table);
        Assert.True(exit == ExitCode.Done, error);
        Assert.Contains("users: normal", error, StringComparison.Ordinal);
        string[][] records = [.. DatasetFile.Read(table)];
        Assert.Equal(DatasetColumn.Names, records[0]);
        int source = Array.IndexOf(records[0], DatasetColumn.Source);
        Assert.Equal(["csic2010", "simulator:bank", "simulator:saas", "simulator:shop", "simulator:site"], records.Skip(1).Select(record => record[source]).Distinct().Order());
    }

    [Fact]
    public async Task TheSameSeedMakesTheSameTable()
    {
        string first = _workspace.PathOf("1.csv"), second = _workspace.PathOf("2.csv");
        foreach (string file in (string[])[first, second]) await RunAsync("make", "--hours", "0.1", "--rate", "60", "--api", "shop", "--out", file);
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
    }

    [Fact]
    public async Task ImportTakesTheLabelFromTheNameOrTheOption()
    {
        string table = _workspace.PathOf("csic.csv");
        string normal = _workspace.Write("normalTraffic.txt", Requests), other = _workspace.Write("requests.txt", Requests);
        Assert.Equal(ExitCode.Done, (await RunAsync("import", "--csic", normal, "--out", table)).Exit);
        Assert.Equal("0", Label(table));
        (int exit, string error) = await RunAsync("import", "--csic", other, "--out", table);
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("--label", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync("import", "--csic", other, "--label", "attack", "--out", table)).Exit);
        Assert.Equal("1", Label(table));
    }

    [Fact]
    public async Task AFileThatHoldsNoRequestsIsAFailureNamingTheLine()
    {
        string file = _workspace.Write("normal.txt", "what is this\n");
        (int exit, string error) = await RunAsync("import", "--csic", file, "--out", _workspace.PathOf("x.csv"));
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("normal.txt, line 1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normal.txt", "")]
    [InlineData("normal.txt", "\n\n")]
    [InlineData("normal.txt", "GET /a HTTP/1.1\n\nwhat is this\n")]
    [InlineData("absent-normal.txt", null)]
    public async Task AnImportThatFailsLeavesTheTableBefore(string name, string? text)
    {
        string table = _workspace.Write("set.csv", "kept"), file = text is null ? _workspace.PathOf(name) : _workspace.Write(name, text);
        (int exit, string error) = await RunAsync("import", "--csic", file, "--out", table);
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(table));
        Assert.False(File.Exists(table + ".new"));
    }

    [Fact]
    public async Task ImportReadsGzip()
    {
        string file = _workspace.PathOf("normal.txt.gz"), table = _workspace.PathOf("set.csv");
        await using (var zipped = new GZipStream(File.Create(file), CompressionLevel.Fastest)) await zipped.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Requests));
        Assert.Equal(ExitCode.Done, (await RunAsync("import", "--csic", file, "--out", table)).Exit);
        Assert.Equal(3, DatasetFile.Read(table).Count());
    }

    [Fact]
    public async Task ExportDoesNotWriteOverWhatItReads()
    {
        string table = _workspace.Write("set.csv", "a,b\n1,2\n");
        (int exit, string error) = await RunAsync("export", table, "--csv", Path.Combine(Path.GetDirectoryName(table)!, ".", "set.csv"));
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("would write over", error, StringComparison.Ordinal);
        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(table));
    }

    [Fact]
    public async Task ExportsAWorkbookAReportAndStatistics()
    {
        string table = _workspace.Write("t.csv", "label,path,ms\n0,/a,1.5\n1,'=cmd,2\n1,/b,\n");
        string xlsx = _workspace.PathOf("t.xlsx"), txt = _workspace.PathOf("t.txt"), csv = _workspace.PathOf("s.csv");
        (int exit, string error) = await RunAsync("export", table, "--xlsx", xlsx, "--txt", txt, "--csv", csv);
        Assert.True(exit == ExitCode.Done, error);
        Assert.Contains("inlineStr\"><is><t xml:space=\"preserve\">=cmd<", FirstSheet(xlsx), StringComparison.Ordinal);
        Assert.Contains("3 rows, 3 columns, 2 of them numeric", await File.ReadAllTextAsync(txt), StringComparison.Ordinal);
        Assert.Equal(4, (await File.ReadAllLinesAsync(csv)).Length);
    }

    [Fact]
    public async Task ViewShowsColumnsClassesAndStatisticsAndObeysNothingInThem()
    {
        string table = _workspace.Write("t.csv", "label,path,ms\n0,[red]/a[/],1.5\n1,\u001b[31m/b,2\n1,/b,\n");
        (int exit, string output, string error) = await _workspace.StartAsync(["dataset", "view", table]);
        Assert.True(exit == ExitCode.Done, error);
        foreach (string part in (string[])["3 rows, 3 columns", "[red]/a[/]", "Rows by label", "66.7%", "Numeric columns", "1.75"]) Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [InlineData("export", "t.csv")]
    [InlineData("export", "-", "--xlsx", "x.xlsx")]
    [InlineData("make", "--hours", "0")]
    [InlineData("make", "--attack-density", "0")]
    [InlineData("make", "--api", "nothing")]
    [InlineData("view", "t.csv", "--rows", "99")]
    [InlineData("import")]
    public async Task WrongArgumentsAreUsageErrors(params string[] args) => Assert.Equal(ExitCode.Usage, (await RunAsync(args)).Exit);

    [Fact]
    public async Task AMissingFileIsAFailure() => Assert.Equal(ExitCode.Failure, (await RunAsync("export", _workspace.PathOf("none.csv"), "--txt", _workspace.PathOf("t.txt"))).Exit);

    public void Dispose() => _workspace.Dispose();

    private static string FirstSheet(string workbook)
    {
        using ZipArchive zip = ZipFile.OpenRead(workbook);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }

    private static string Label(string table)
    {
        string[][] records = [.. DatasetFile.Read(table)];
        return records[1][Array.IndexOf(records[0], DatasetColumn.Label)];
    }

    private static Task<(int Exit, string Error)> RunAsync(params string[] args) => Workspace.RunAsync(DatasetCommand.Create(), ["dataset", .. args]);
}
