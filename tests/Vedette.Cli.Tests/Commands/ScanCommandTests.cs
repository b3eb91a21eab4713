using System.Text.Json;
using System.Text.RegularExpressions;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed partial class ScanCommandTests : IDisposable
{
    private static readonly string[] SummaryKeys =
        ["lines", "parsed", "skipped", "first", "last", "clients", "endpoints", "incidents", "elapsed_ms", "by_type", "formats", "skipped_samples"];

    private static readonly string[] IncidentKeys =
    [
        "id", "type", "risk", "level", "confidence", "actor", "endpoint", "first_seen", "last_seen", "detected_at", "events", "explanation", "drivers", "models", "evidence", "owasp_api", "mitre_attack",
    ];

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task TheJsonReportHasEveryFieldOfTheContract()
    {
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", SampleLog.WithAttack + "no log line\n"));
        JsonElement summary = report.GetProperty("summary");
        Assert.Empty(SummaryKeys.Except(summary.EnumerateObject().Select(static p => p.Name)));
        Assert.Equal(150, summary.GetProperty("lines").GetInt32());
        Assert.Equal(149, summary.GetProperty("parsed").GetInt32());
        Assert.Equal(1, summary.GetProperty("skipped").GetInt32());
        Assert.Equal(13, summary.GetProperty("clients").GetInt32());
        Assert.Equal(149, summary.GetProperty("formats").GetProperty("combined").GetInt32());
        Assert.Equal(1, summary.GetProperty("by_type").GetProperty("sql_injection").GetInt32());
        Assert.Equal(150, summary.GetProperty("skipped_samples")[0].GetProperty("line").GetInt32());
        Assert.Matches(Rfc3339(), summary.GetProperty("first").GetString());

        JsonElement incident = Assert.Single(report.GetProperty("incidents").EnumerateArray());
        Assert.Empty(IncidentKeys.Except(incident.EnumerateObject().Select(static p => p.Name)));
        Assert.Equal("sql_injection", incident.GetProperty("type").GetString());
        Assert.InRange(incident.GetProperty("risk").GetInt32(), 60, 100);
        Assert.InRange(incident.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Equal("ip", incident.GetProperty("actor").GetProperty("kind").GetString());
        Assert.Equal(SampleLog.Attacker, incident.GetProperty("actor").GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Array, incident.GetProperty("actor").GetProperty("members").ValueKind);
        foreach (string time in (string[])["first_seen", "last_seen", "detected_at"]) Assert.Matches(Rfc3339(), incident.GetProperty(time).GetString());
        JsonElement driver = incident.GetProperty("drivers")[0];
        Assert.Empty(new[] { "feature", "value", "baseline", "contribution" }.Except(driver.EnumerateObject().Select(static p => p.Name)));
        Assert.All(incident.GetProperty("models").EnumerateObject(), static vote => Assert.InRange(vote.Value.GetDouble(), 0, 1));
        Assert.Contains(incident.GetProperty("evidence").EnumerateArray(), static e => e.GetProperty("text").GetString()!.Contains("UNION", StringComparison.Ordinal));
        Assert.Equal("API8:2023", incident.GetProperty("owasp_api")[0].GetString());
        Assert.Equal("T1190", incident.GetProperty("mitre_attack")[0].GetString());
    }

    [Fact]
    public async Task EvidenceNamesTheLineItQuotes()
    {
        string[] lines = SampleLog.WithAttack.Split('\n');
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", SampleLog.WithAttack));
        foreach (JsonElement evidence in report.GetProperty("incidents")[0].GetProperty("evidence").EnumerateArray())
            Assert.Equal(lines[evidence.GetProperty("line").GetInt32() - 1], evidence.GetProperty("text").GetString());
    }

    [Fact]
    public async Task AnnotationsAreOneRowPerEventInOrder()
    {
        string text = SampleLog.WithAttack + "no log line\n" + SampleLog.Line(1790, "198.51.100.3", "/");
        string rows = _workspace.PathOf("rows.ndjson");
        JsonElement report = await _workspace.ReportAsync(_workspace.Write("access.log", text), "--annotate", rows);
        string id = report.GetProperty("incidents")[0].GetProperty("id").GetString()!;
        JsonElement[] read = [.. (await File.ReadAllLinesAsync(rows)).Select(static row => JsonDocument.Parse(row).RootElement)];

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(1, lines.Length).Where(line => lines[line - 1] != "no log line"), read.Select(static row => row.GetProperty("line").GetInt32()));
        foreach (JsonElement row in read)
        {
            bool isAttack = lines[row.GetProperty("line").GetInt32() - 1].StartsWith(SampleLog.Attacker, StringComparison.Ordinal);
            Assert.Equal(isAttack, row.GetProperty("is_anomaly").GetBoolean());
            Assert.Equal(isAttack ? id : null, row.GetProperty("incident").GetString());
            Assert.Equal(isAttack, row.GetProperty("types").EnumerateArray().Any(static type => type.GetString() == "sql_injection"));
            Assert.InRange(row.GetProperty("score").GetDouble(), isAttack ? 0.5 : 0, isAttack ? 1 : 0.5);
        }
    }

    [Theory]
    [InlineData("low", ExitCode.IncidentsFound)]
    [InlineData("HIGH", ExitCode.IncidentsFound)]
    [InlineData("critical", ExitCode.Done)]
    public async Task FailOnSetsTheExitCode(string level, int expected)
    {
        string log = _workspace.Write("access.log", SampleLog.WithAttack);
        Assert.Equal(expected, (await Workspace.RunAsync(log, "--out", _workspace.PathOf("report.txt"), "--fail-on", level)).Exit);
    }

    [Fact]
    public async Task FailOnIsContentWithAQuietLog()
    {
        string log = _workspace.Write("access.log", SampleLog.Quiet);
        Assert.Equal(ExitCode.Done, (await Workspace.RunAsync(log, "--out", _workspace.PathOf("report.txt"), "--fail-on", "low")).Exit);
    }

    [Theory]
    [InlineData("--fail-on", "severe", "low, medium, high and critical")]
    [InlineData("--since", "yesterdayish", "--since 'yesterdayish'")]
    [InlineData("--until", "25:00", "--until '25:00'")]
    [InlineData("--format", "xml", "Known formats")]
    [InlineData("--output", "yaml", "--output")]
    [InlineData("--config", "missing.json", "missing.json")]
    public async Task AWrongValueIsAUsageErrorThatSaysSo(string option, string value, string said)
    {
        (int exit, string error) = await Workspace.RunAsync(_workspace.Write("access.log", SampleLog.Quiet), option, value);
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.log")]
    [InlineData(".")]
    public async Task WhatCannotBeReadIsAFailureThatNamesIt(string name)
    {
        (int exit, string error) = await Workspace.RunAsync(_workspace.PathOf(name));
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains(_workspace.PathOf(name), error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--annotate")]
    public async Task WhatCannotBeWrittenIsAFailure(string option) =>
        Assert.Equal(ExitCode.Failure, (await Workspace.RunAsync(_workspace.Write("access.log", SampleLog.Quiet), option, _workspace.PathOf("no/such/folder/file"))).Exit);

    /// <summary>A pipeline that asks <c>--fail-on</c> must not take a format that nobody could read for a quiet day.</summary>
    [Fact]
    public async Task ALogOfWhichNothingCanBeReadIsAFailureWithAReport()
    {
        string report = _workspace.PathOf("report.json");
        (int exit, string error) = await Workspace.RunAsync(_workspace.Write("access.log", "not a log\nnor this\n"), "--output", "json", "--out", report, "--fail-on", "low");
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("nothing could be read", error, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(await File.ReadAllBytesAsync(report)).RootElement.GetProperty("summary").GetProperty("skipped").GetInt32());
    }

    [Fact]
    public async Task AGzipOfWhichNothingCanBeReadIsAFailure() =>
        Assert.Equal(ExitCode.Failure, (await Workspace.RunAsync(_workspace.Write("access.log.gz", [0x1F, 0x8B, 8, .. "damaged"u8]), "--out", _workspace.PathOf("report.txt"))).Exit);

    [Fact]
    public async Task SinceAndUntilCutTheLog()
    {
        string log = _workspace.Write("access.log", SampleLog.WithAttack);
        JsonElement before = await _workspace.ReportAsync(log, "--until", "2026-03-10T09:15:00Z");
        JsonElement after = await _workspace.ReportAsync(log, "--since", "2026-03-10 09:15");
        Assert.Empty(before.GetProperty("incidents").EnumerateArray());
        Assert.Single(after.GetProperty("incidents").EnumerateArray());
        Assert.True(string.CompareOrdinal(before.GetProperty("summary").GetProperty("last").GetString(), "2026-03-10T09:15:00") < 0);
        Assert.True(string.CompareOrdinal(after.GetProperty("summary").GetProperty("first").GetString(), "2026-03-10T09:15:00") >= 0);
    }

    [Fact]
    public async Task TheSameLogGivesTheSameReportButForItsDuration()
    {
        string log = _workspace.Write("access.log", SampleLog.WithAttack);
        string first = Elapsed().Replace((await _workspace.ReportAsync(log)).GetRawText(), "");
        Assert.Equal(first, Elapsed().Replace((await _workspace.ReportAsync(log)).GetRawText(), ""));
    }

    [Fact]
    public async Task SeveralFilesAreOneLog()
    {
        string[] lines = SampleLog.WithAttack.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string even = _workspace.Write("a.log", string.Join('\n', lines.Where(static (_, i) => i % 2 == 0)) + "\n");
        string odd = _workspace.Write("b.log", string.Join('\n', lines.Where(static (_, i) => i % 2 == 1)) + "\n");
        JsonElement report = await _workspace.ReportAsync(even, odd);
        Assert.Equal(lines.Length, report.GetProperty("summary").GetProperty("parsed").GetInt32());
        Assert.Equal(5, Assert.Single(report.GetProperty("incidents").EnumerateArray()).GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task StandardInputAndOutputAreTheDefault()
    {
        (int exit, string output, string error) = await _workspace.StartAsync(["scan", "--output", "json"], SampleLog.WithAttack);
        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal("", error);
        Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public async Task AnInterruptedScanReportsWhatItReadAndFails()
    {
        string report = _workspace.PathOf("report.json");
        var request = new ScanRequest { Files = [_workspace.Write("access.log", SampleLog.WithAttack)], Output = OutputKind.Json, OutFile = report };
        Assert.Equal(ExitCode.Failure, ScanCommand.Run(request, new CancellationToken(canceled: true)));
        JsonElement summary = JsonDocument.Parse(await File.ReadAllBytesAsync(report)).RootElement.GetProperty("summary");
        Assert.Contains("interrupted", summary.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgressAndReportDoNotMix()
    {
        _workspace.Write("access.log", SampleLog.WithAttack);
        (int exit, string output, string error) = await _workspace.StartAsync(["scan", "access.log", "--fail-on", "high"]);
        Assert.Equal(ExitCode.IncidentsFound, exit);
        Assert.Equal("", error);
        Assert.Contains("sql injection  " + SampleLog.Attacker, output, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rfc3339();

    [GeneratedRegex("\"elapsed_ms\": \\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Elapsed();
}
