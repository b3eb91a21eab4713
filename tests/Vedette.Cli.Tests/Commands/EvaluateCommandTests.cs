using System.CommandLine;
using System.Text.Json;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task AFileAndItsLabelsGiveTheAgreedReport()
    {
        (string log, string truth) = await SimulateAsync("7");
        JsonElement report = await ReportAsync(log, "--truth", truth, "--models", "none");
        Assert.True(report.GetProperty("false_positive_reduction").GetDouble() > 0.6);
        Assert.InRange(report.GetProperty("recall").GetDouble(), 0.3, 1);
        JsonElement model = report.GetProperty("models")[0];
        Assert.Equal("vedette", model.GetProperty("name").GetString());
        foreach (string measure in (string[])["precision", "recall", "f1", "auc"]) Assert.InRange(model.GetProperty(measure).GetDouble(), 0, 1);
        Assert.True(model.GetProperty("false_positives").GetInt64() >= 0);
        Assert.Equal(report.GetProperty("recall").GetDouble(), report.GetProperty("static_rules").GetProperty("at_equal_recall").GetProperty("recall").GetDouble());
        JsonElement failures = report.GetProperty("failures");
        Assert.Equal(JsonValueKind.Null, failures.GetProperty("lead_time_minutes_median").ValueKind);
        Assert.Equal(0, failures.GetProperty("false_alarms_per_day").GetDouble());
        JsonElement type = report.GetProperty("types").GetProperty("sql_injection");
        Assert.Equal(type.GetProperty("total").GetInt32(), type.GetProperty("by_intensity").EnumerateObject().Sum(static entry => entry.Value.GetProperty("total").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("honest").ValueKind);
    }

    [Fact]
    public async Task WithoutAFileTrafficIsSimulatedAndHonestTrafficIsCountedApart()
    {
        JsonElement report = await ReportAsync("--hours", "0.3", "--rate", "100", "--api", "bank", "--seed", "3", "--honest-hours", "0.3", "--models", "none");
        Assert.Equal("bank", report.GetProperty("traffic")[0].GetProperty("name").GetString());
        Assert.True(report.GetProperty("honest").GetProperty("by_scenario").TryGetProperty("nat_gateway", out _));
    }

    [Fact]
    [Trait("Row", "B1")]
    [Trait("Speed", "Slow")]
    public async Task WithoutModelsSomeAreTrainedAndEachIsComparedWithTheStaticRulesAtItsRecall()
    {
        JsonElement report = await ReportAsync("--hours", "2", "--rate", "200", "--api", "site", "--seed", "5", "--honest-hours", "0", "--simulate-hours", "12");
        JsonElement[] models = [.. report.GetProperty("models").EnumerateArray()];
        Assert.Equal(["vedette", "isolation_forest", "one_class_svm", "local_outlier_factor", "random_forest", "xgboost", "lightgbm", "gradient_boosting", "dense", "dbscan", "lstm", "transformer", "signatures", "ensemble"],
            models.Select(static model => model.GetProperty("name").GetString()));
        JsonElement ensemble = models[^1];
        double rules = ensemble.GetProperty("static_rules_false_positives").GetDouble(), own = ensemble.GetProperty("false_positives").GetDouble();
        Assert.Equal(1 - own / rules, ensemble.GetProperty("false_positive_reduction").GetDouble(), 3);
        Assert.True(1 - own / rules >= 0.6, $"{own} against {rules}");
        Assert.True(ensemble.GetProperty("recall").GetDouble() > 0.3);
    }

    [Fact]
    public async Task TheTextReportTellsWhatWasMissed()
    {
        (string log, string truth) = await SimulateAsync("7");
        string report = _workspace.PathOf("report.txt");
        (int exit, string error) = await RunAsync(log, "--truth", truth, "--misses", "--models", "none", "--out", report);
        Assert.True(exit == ExitCode.Done, error);
        string text = await File.ReadAllTextAsync(report);
        foreach (string part in (string[])["Windows", "static rules, as written", "Campaigns", "sql_injection", "Failure prediction", "Not found, or under another name"]) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LabelsOfAnotherLogAreRefused()
    {
        (string log, _) = await SimulateAsync("7");
        (_, string truth) = await SimulateAsync("8", "--start", "2027-01-01T00:00:00Z");
        (int exit, string error) = await RunAsync(log, "--truth", truth, "--models", "none");
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("another traffic", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATruthFileThatIsNoneIsNamedByLine()
    {
        (string log, _) = await SimulateAsync("7");
        (int exit, string error) = await RunAsync(log, "--truth", log, "--models", "none");
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("Line 1 of the truth", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access.log")]
    [InlineData("--truth", "truth")]
    [InlineData("--api", "nothing")]
    [InlineData("--hours", "0")]
    [InlineData("--rate", "0")]
    [InlineData("--output", "xml")]
    [InlineData("--honest-hours", "-1")]
    [InlineData("--simulate-hours", "0")]
    [InlineData("--models", "nowhere")]
    [InlineData("--format", "xml")]
    public async Task WrongArgumentsAreUsageErrors(params string[] args) => Assert.Equal(ExitCode.Usage, (await RunAsync(args)).Exit);

    public void Dispose() => _workspace.Dispose();

    private async Task<(string Log, string Truth)> SimulateAsync(string seed, params string[] args)
    {
        (string log, string truth) = (_workspace.PathOf($"{seed}.log"), _workspace.PathOf($"{seed}.truth"));
        var root = new RootCommand { SimulateCommand.Create() };
        Assert.Equal(ExitCode.Done, await CommandRunner.RunAsync(root, ["simulate", "--hours", "0.5", "--rate", "200", "--seed", seed, "--out", log, "--truth", truth, .. args]));
        return (log, truth);
    }

    private async Task<JsonElement> ReportAsync(params string[] args)
    {
        string report = _workspace.PathOf("report.json");
        (int exit, string error) = await RunAsync([.. args, "--output", "json", "--out", report]);
        Assert.True(exit == ExitCode.Done, error);
        return JsonDocument.Parse(await File.ReadAllBytesAsync(report)).RootElement;
    }

    private static Task<(int Exit, string Error)> RunAsync(params string[] args) => Workspace.RunAsync(EvaluateCommand.Create(), ["evaluate", .. args]);
}
