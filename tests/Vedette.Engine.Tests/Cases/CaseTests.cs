using System.Text.Json;

namespace Vedette.Engine.Tests.Cases;

/// <summary>Every folder of tests/cases: a log, and what must and must not be found in it. A new case needs no code.</summary>
public sealed class CaseTests
{
    private static readonly JsonSerializerOptions SettingsFormat = new() { PropertyNameCaseInsensitive = true };

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Repository.Path("tests", "cases"), "expected.json", SearchOption.AllDirectories).Select(static file => Path.GetFileName(Path.GetDirectoryName(file))!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Row", "C7")]
    [Trait("Row", "A3")]
    [Trait("Row", "A4")]
    public void FindsWhatIsExpectedAndNothingElse(string name)
    {
        string folder = Repository.Path("tests", "cases", name);
        ExpectedCase expected = ExpectedCase.Read(Path.Combine(folder, "expected.json"));
        string settings = Path.Combine(folder, "vedette.json");
        EngineOptions options = File.Exists(settings) ? JsonSerializer.Deserialize<EngineOptions>(File.ReadAllText(settings), SettingsFormat)! : new EngineOptions();

        string[] problems = [.. expected.Problems(Scan.Run(Scan.LogOf(name), options).Incidents)];

        if (expected.KnownGap is null) Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
        else Assert.True(problems.Length > 0, $"The gap is closed; take \"known_gap\" out of {name}/expected.json. It said: {expected.KnownGap}");
    }
}
