using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Vedette.Cli.Tests.Commands;

/// <summary>Whatever a file holds, a scan ends with a report.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class HostileInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task AnEmptyFileIsAQuietLog()
    {
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", ""));
        Assert.Equal(0, report.GetProperty("summary").GetProperty("lines").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("summary").GetProperty("first").ValueKind);
        Assert.Empty(report.GetProperty("incidents").EnumerateArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task GarbageIsSkippedAndCounted(int seed)
    {
        var bytes = new byte[300_000];
        new Random(seed).NextBytes(bytes);
        bytes[0] = (byte)'x';
        // One line that can be read: without any the scan fails.
        JsonElement summary = (await _workspace.ReportAsync(_workspace.Write("access.log", [.. bytes, (byte)'\n', .. Encoding.ASCII.GetBytes(SampleLog.Line(0, "192.0.2.1", "/"))]))).GetProperty("summary");
        int lines = summary.GetProperty("lines").GetInt32();
        Assert.InRange(lines, 800, 1600);
        Assert.InRange(summary.GetProperty("skipped").GetInt32(), lines * 9 / 10, lines);
        Assert.NotEmpty(summary.GetProperty("skipped_samples").EnumerateArray());
        Assert.NotEmpty(summary.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task NulBytesSpoilTheirOwnLinesOnly()
    {
        string[] lines = SampleLog.WithAttack.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i += 10) lines[i] = lines[i].Insert(25, "\0\0");
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", string.Join('\n', lines)));
        Assert.Equal(lines.Length, report.GetProperty("summary").GetProperty("lines").GetInt32());
        Assert.InRange(report.GetProperty("summary").GetProperty("skipped").GetInt32(), 1, lines.Length / 10 + 1);
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task ByteOrderMarksTellTheEncoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(SampleLog.WithAttack)];
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", bytes));
        Assert.Equal(0, report.GetProperty("summary").GetProperty("skipped").GetInt32());
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16IsReadWithoutAMarkAsWell(string name)
    {
        byte[] bytes = Encoding.GetEncoding(name).GetBytes(SampleLog.WithAttack);
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", bytes));
        Assert.Equal(0, report.GetProperty("summary").GetProperty("skipped").GetInt32());
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task GzipIsReadWhateverItsName()
    {
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log.1", Pack(SampleLog.WithAttack)));
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task OfACutOffGzipFileEverythingBeforeTheCutIsRead()
    {
        byte[] packed = Pack(SampleLog.WithAttack);
        JsonElement summary = (await _workspace.ReportAsync(_workspace.Write("access.log.gz", packed[..(packed.Length * 2 / 3)]))).GetProperty("summary");
        Assert.InRange(summary.GetProperty("parsed").GetInt32(), 20, 148);
        Assert.Contains(summary.GetProperty("warnings").EnumerateArray(), static w => w.GetString()!.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GzipMembersOneBehindTheOtherAreOneLog()
    {
        string text = SampleLog.WithAttack;
        int first = text.IndexOf('\n', StringComparison.Ordinal) + 1, second = text.Length / 2;
        byte[] packed = [.. Pack(text[..first]), .. Pack(""), .. Pack(text[first..second]), .. Pack(text[second..])];
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log.gz", packed));
        Assert.Equal(149, report.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.Empty(report.GetProperty("summary").GetProperty("warnings").EnumerateArray());
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task BytesOfAnotherEncodingAreReadAsTheyCome()
    {
        string attack = string.Concat(Enumerable.Range(0, 6).Select(static i => SampleLog.Line(1000 + i, SampleLog.Attacker, "/caf\u00e9?q=\u00fc%27%20UNION%20SELECT%201,2,3--%20-")));
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", Encoding.Latin1.GetBytes(SampleLog.Quiet + attack)));
        Assert.Equal(0, report.GetProperty("summary").GetProperty("skipped").GetInt32());
        Assert.Equal("sql_injection", Assert.Single(report.GetProperty("incidents").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task ALogBackToFrontIsReadToItsEndWithAWarning()
    {
        string[] lines = SampleLog.WithAttack.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Array.Reverse(lines);
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", string.Join('\n', lines) + "\n"));
        JsonElement summary = report.GetProperty("summary");
        Assert.Equal(lines.Length, summary.GetProperty("parsed").GetInt32());
        Assert.Contains(summary.GetProperty("warnings").EnumerateArray(), static w => w.GetString()!.Contains("out of order", StringComparison.Ordinal));
        Assert.Equal("sql_injection", Assert.Single(report.GetProperty("incidents").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task AfterAClockWasSetBackDetectionGoesOn()
    {
        string[] lines = SampleLog.Quiet.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string attack = string.Concat(Enumerable.Range(0, 6).Select(static i => SampleLog.Line(-3600 + i, SampleLog.Attacker, "/search?q=lamp%27%20UNION%20SELECT%201,2,3--%20-")));
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", string.Join('\n', lines) + "\n" + attack));
        Assert.Equal("sql_injection", Assert.Single(report.GetProperty("incidents").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task LinesAYearApartAreNoIncident()
    {
        string text = string.Concat(Enumerable.Range(0, 10).Select(static year => SampleLog.Line(year * 365.0 * 86_400, $"198.51.100.{year + 1}", "/")));
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", text));
        Assert.Equal(10, report.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.StartsWith("2035-", report.GetProperty("summary").GetProperty("last").GetString(), StringComparison.Ordinal);
        Assert.Empty(report.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task OtherCompressionIsRefusedByName()
    {
        (int exit, string error) = await Workspace.RunAsync(_workspace.Write("access.log.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0]));
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("zstd", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LineEndsOfEverySystemAreRead()
    {
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", SampleLog.WithAttack.Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd()));
        Assert.Equal(149, report.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
    }

    [Theory]
    [InlineData("\u001b[2J\u001b[31mowned\u001b[0m")]
    [InlineData("\u001b]0;title\u0007\u009b31m\b\b\b")]
    [InlineData("\u202edetrevni\u2028\u2066")]
    public async Task TheTextReportObeysNoControlCharacterFromTheLog(string hostile)
    {
        string attack = string.Concat(Enumerable.Range(0, 6).Select(i => SampleLog.Line(1000 + i, SampleLog.Attacker, "/search?q=lamp%27%20UNION%20SELECT%201,2,3--%20-&x=" + hostile, agent: hostile)));
        string log = _workspace.Write("access.log", SampleLog.Quiet + attack + hostile + " is no log line\n");
        string report = _workspace.PathOf("report.txt");
        Assert.Equal(ExitCode.Done, (await Workspace.RunAsync(log, "--out", report)).Exit);
        string text = await File.ReadAllTextAsync(report);
        Assert.Contains("sql injection", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, static c => (char.IsControl(c) && c is not ('\n' or '\r')) || c is '\u202e' or '\u2028' or '\u2066');
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task ALineOfTwoHundredMegabytesIsOneSkippedLine()
    {
        string log = _workspace.Write("access.log", SampleLog.WithAttack);
        await using (var file = new FileStream(log, FileMode.Append))
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)'A');
            for (int i = 0; i < 200; i++) await file.WriteAsync(block);
            await file.WriteAsync(Encoding.UTF8.GetBytes("\n" + SampleLog.Line(1799, "198.51.100.3", "/")));
        }
        long before = GC.GetTotalMemory(forceFullCollection: true);
        JsonElement report = await _workspace.ReportAsync(log);
        Assert.Equal(150, report.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.Equal(1, report.GetProperty("summary").GetProperty("skipped").GetInt32());
        Assert.Single(report.GetProperty("incidents").EnumerateArray());
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 << 20);
    }

    public void Dispose() => _workspace.Dispose();

    internal static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
