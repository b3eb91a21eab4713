using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vedette.Server.Tests.Deploy;

/// <summary>Dashboards and rules ask for metrics that exist, in a language Prometheus understands.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string[] OfPrometheusItself = ["up"];

    [Fact]
    public void ThereAreThreeDashboards() => Assert.Equal(["API performance", "Anomaly detection", "System health"],
        Dashboards().Select(static dashboard => dashboard["title"]!.GetValue<string>()).Order(StringComparer.Ordinal));

    [Fact]
    [Trait("Row", "B7")]
    public async Task EveryMetricOfDashboardsAndRulesIsOnTheMetricsPage()
    {
        await using TestServer server = await TestServer.StartAsync();
        string page = await server.Client.GetStringAsync("/metrics");
        string[] expressions = [.. Expressions(), .. RuleExpressions()];
        string[] asked = [.. expressions.SelectMany(static expression => MetricPattern().Matches(Labels().Replace(expression, "")).Select(static match => match.Value)).Distinct(StringComparer.Ordinal)];
        Assert.True(asked.Length > 25);
        Assert.All(expressions, static expression => Assert.Matches(MetricPattern(), expression));
        Assert.Empty(asked.Where(name => !OfPrometheusItself.Contains(name) && !IsOn(page, name)));
    }

    [Fact]
    public async Task PrometheusAcceptsItsConfigurationAndEveryQuery()
    {
        const string promtool = "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(promtool), "promtool is not installed: apt-get install prometheus");
        (int exit, string output) = await Repository.RunAsync(promtool, ["check", "config", Path.Combine(Repository.Deploy, "prometheus", "prometheus.yml")]);
        Assert.True(exit == 0, output);
        string file = Path.Combine(Directory.CreateTempSubdirectory("vedette-rules").FullName, "queries.yml");
        var rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
        foreach ((int number, string expression) in Expressions().Index())
            rules.Append($"  - {{record: 'query:{number}', expr: '{expression.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'}}\n");
        await File.WriteAllTextAsync(file, rules.ToString());
        (exit, output) = await Repository.RunAsync(promtool, ["check", "rules", file]);
        Assert.True(exit == 0, output);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static IEnumerable<JsonNode> Dashboards() => Repository.Files(Path.Combine(Repository.Deploy, "grafana", "dashboards"), ".json").Select(static file => JsonNode.Parse(File.ReadAllText(file))!);

    private static IEnumerable<string> Expressions() =>
        Dashboards().SelectMany(static dashboard => dashboard["panels"]!.AsArray()).SelectMany(static panel => panel!["targets"]!.AsArray()).Select(static target => target!["expr"]!.GetValue<string>());

    private static IEnumerable<string> RuleExpressions() => Repository.Yaml(Path.Combine(Repository.Deploy, "prometheus", "vedette.rules.yml")).Single()["groups"]!.AsArray()
        .SelectMany(static group => group!["rules"]!.AsArray()).Select(static rule => rule!["expr"]!.GetValue<string>());

    private static bool IsOn(string page, string name) => new[] { name, Suffix().Replace(name, "") }.Any(known => page.Contains($"# TYPE {known} ", StringComparison.Ordinal));

    /// <summary>A name that is neither a function, a keyword, nor a label.</summary>
    [GeneratedRegex(@"(?<![\w$])(?!by\b|and\b|or\b)[a-z][a-z_]{1,}(?![\w(])(?!\s*\()", RegexOptions.None, 1000)]
    private static partial Regex MetricPattern();

    /// <summary>What stands in braces, brackets, and behind <c>by</c>.</summary>
    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|by\s*\([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Labels();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.None, 1000)]
    private static partial Regex Suffix();
}
