using System.Text.Json;
using System.Text.RegularExpressions;
using Vedette.Cli.Reports;

namespace Vedette.Cli.Tests.Reports;

[Collection(nameof(ConsoleCollection))]
public sealed partial class HtmlReportTests : IDisposable
{
    private const string ScriptAgent = "</script><script>alert(1)</script><!--";

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task TheReportHoldsIncidentsAndTrafficOfTheLog()
    {
        JsonElement data = DataOf(await ReportAsync(SampleLog.WithAttack));
        Assert.Equal(149, data.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.Equal("sql_injection", data.GetProperty("incidents")[0].GetProperty("type").GetString());
        JsonElement traffic = data.GetProperty("traffic");
        Assert.Equal(149, traffic.GetProperty("times").EnumerateArray().Sum(static step => step[1].GetInt32()));
        Assert.Equal(149, traffic.GetProperty("hours").EnumerateArray().Sum(static hour => hour.GetInt32()));
        Assert.Equal(149, traffic.GetProperty("statuses").GetProperty("200").GetInt32());
        Assert.Equal(149, traffic.GetProperty("methods").GetProperty("GET").GetInt32());
        Assert.Equal(149 * 1200, traffic.GetProperty("bytes").GetInt64());
        Assert.Equal(149, traffic.GetProperty("agent_kinds").GetProperty("browsers").GetInt32());
        Assert.Equal(13, traffic.GetProperty("callers").GetArrayLength());
        Assert.Contains(traffic.GetProperty("routes").EnumerateArray(), static row => row.GetProperty("text").GetString() == "/search" && row.GetProperty("method").GetString() == "GET");
    }

    [Fact]
    public async Task TextOfTheLogCannotEndTheDataOrBeginAScript()
    {
        string html = await ReportAsync(SampleLog.Quiet + SampleLog.Line(1700, "198.51.100.77", "/search?q=%3Cscript%3E", agent: ScriptAgent));
        Assert.DoesNotContain(ScriptAgent, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<", DataText(html), StringComparison.Ordinal);
        Assert.Contains(DataOf(html).GetProperty("traffic").GetProperty("agents").EnumerateArray(), static row => row.GetProperty("text").GetString() == ScriptAgent);
    }

    [Fact]
    public async Task TheReportIsOneFileThatAsksNobody()
    {
        string html = await ReportAsync(SampleLog.WithAttack);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(OutsideReference(), html);
        Assert.InRange(html.Length, 50_000, 2_000_000);
    }

    [Fact]
    public async Task ALogWithoutIncidentsGivesAReportToo()
    {
        JsonElement data = DataOf(await ReportAsync(SampleLog.Quiet));
        Assert.Empty(data.GetProperty("incidents").EnumerateArray());
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<string> ReportAsync(string log)
    {
        Assert.SkipUnless(HtmlReport.IsAvailable, "The program was built without Node.js.");
        string file = _workspace.PathOf("report.html");
        (int exit, string errors) = await Workspace.RunAsync(_workspace.Write("access.log", log), "--output", "html", "--out", file);
        Assert.Equal((ExitCode.Done, ""), (exit, errors));
        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }

    private static string DataText(string html) => Data().Match(html).Groups[1].Value;

    private static JsonElement DataOf(string html) => JsonDocument.Parse(DataText(html)).RootElement;

    [GeneratedRegex("""<script type="application/json" id="vedette-data">(.*?)</script>""", RegexOptions.Singleline | RegexOptions.CultureInvariant, 5_000)]
    private static partial Regex Data();

    /// <summary>What a browser would fetch when the page is opened.</summary>
    [GeneratedRegex("""<(script|img|iframe)[^>]*\ssrc\s*=|<link[^>]*href|url\(["']?https?:|@import""", RegexOptions.CultureInvariant, 5_000)]
    private static partial Regex OutsideReference();
}
