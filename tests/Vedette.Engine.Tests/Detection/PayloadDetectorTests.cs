using System.Globalization;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Tests.Detection;

public sealed class PayloadDetectorTests
{
    private const string Attacker = "203.0.113.9";
    private const string WormTarget = "/scripts/..%c1%1c../winnt/system32/cmd.exe?/c+dir";

    [Theory]
    [InlineData(404, 1)]
    [InlineData(404, 500)]
    [InlineData(403, 60)]
    [InlineData(400, 60)]
    [InlineData(302, 60)]
    [InlineData(502, 60)]
    public void AMountainOfRefusedPayloadsIsNoMoreThanMedium(int status, int count)
    {
        Incident incident = Single(Enumerable.Repeat((WormTarget, status), count));

        Assert.Equal(RiskLevel.Medium, incident.Level);
        Assert.Contains("None was answered with success", incident.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void OneAcceptedPayloadAmongTheRefusedRaisesTheRisk()
    {
        Incident incident = Single([.. Enumerable.Repeat((WormTarget, 404), 30), (WormTarget, 200), .. Enumerable.Repeat((WormTarget, 404), 30)]);

        Assert.True(incident.Level >= RiskLevel.High, $"The risk is {incident.Risk}.");
        Assert.Contains("The server answered 1 of them with success", incident.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void ATraversalThatRunsACommandIsCommandInjectionHoweverItIsMixed()
    {
        string[] targets = [WormTarget, "/msadc/..%255c../..%255c../winnt/system32/cmd.exe?/c+dir", "/scripts/root.exe?/c+dir", "/c/winnt/system32/cmd.exe?/c+dir", "/_vti_bin/..%255c..%255c../winnt/system32/cmd.exe?/c+dir+c:\\"];
        for (int first = 0; first < targets.Length; first++)
        {
            Incident incident = Single(Enumerable.Range(0, 14).Select(i => (targets[(first + i) % targets.Length], 404)));
            Assert.Equal(IncidentType.CommandInjection, incident.Type);
        }
    }

    [Fact]
    public void ATraversalToAFileStaysATraversal() =>
        Assert.Equal(IncidentType.PathTraversal, Single(Enumerable.Repeat(("/download?file=..%2f..%2f..%2f..%2fetc%2fpasswd", 403), 12)).Type);

    [Fact]
    public void TheExplanationQuotesAMatchOfTheIncidentsOwnClass()
    {
        Incident incident = Single(
        [
            ("/search?q=%3Cscript%3Ealert(document.cookie)%3C%2Fscript%3E", 403),
            .. Enumerable.Range(0, 8).Select(i => ($"/item?id={i}%20or%201%3D1", 403)),
        ]);

        Assert.Equal(IncidentType.SqlInjection, incident.Type);
        Assert.Contains("(sql.", incident.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("(xss.", incident.Explanation, StringComparison.Ordinal);
        Assert.Contains(incident.Evidence, line => line.Text.Contains("/item?id=", StringComparison.Ordinal));
    }

    [Fact]
    public void LinesOfTheIncidentsClassAreKeptThoughAnotherClassCameFirst()
    {
        Incident incident = Single(
        [
            .. Enumerable.Range(0, 6).Select(i => ($"/search?q=%3Cscript%3Ealert({i})%3C%2Fscript%3E", 403)),
            .. Enumerable.Range(0, 30).Select(i => ($"/item?id={i}%20union%20select%20null,null,version()--", 403)),
        ]);

        Assert.Equal(IncidentType.SqlInjection, incident.Type);
        Assert.Contains(incident.Evidence, line => line.Text.Contains("/item?id=", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatAParameterHabituallyTakesIsQuietAndTheSameInANumberIsNot()
    {
        const string phrase = "5%20and%205%3D5";
        var start = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        var lines = new List<string>();
        for (int i = 0; i < 9000; i++)
            lines.Add(Line(start.AddSeconds(i), $"198.51.{i / 40 % 200}.{i % 40 + 1}", $"/search?q={(i % 60 == 7 ? phrase : $"word{i % 900}")}&id={i % 5000}", 200));
        lines.Add(Line(start.AddSeconds(9001), "203.0.113.1", $"/search?q={phrase}&id=12", 200));
        lines.Add(Line(start.AddSeconds(9002), Attacker, $"/search?q=word&id={phrase}", 200));

        var incidents = Scan.Run(lines, new EngineOptions()).Incidents;

        Incident incident = Assert.Single(incidents, incident => incident.Actor.Value == Attacker);
        Assert.True(incident.Level >= RiskLevel.Medium, $"The risk is {incident.Risk}.");
        Assert.Contains(incident.Drivers, driver => driver.Feature == "payloads_foreign_to_parameter");
        Assert.DoesNotContain(incidents, incident => incident.Actor.Value == "203.0.113.1");
    }

    [Fact]
    public void WhatAPageFetchesTellsThePayloadOfThePageAgain()
    {
        const string target = "/search?q=1%27%20union%20select%20password%20from%20users--";
        var start = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        List<string> lines = [.. Enumerable.Range(0, 900).Select(i => Line(start.AddSeconds(i), $"198.51.100.{i % 60 + 1}", $"/products/{i % 40}", 200))];
        lines.Add(Line(start.AddSeconds(901), Attacker, target, 200));
        for (int i = 0; i < 9; i++) lines.Add(Line(start.AddSeconds(902), Attacker, $"/static/{(char)('a' + i)}.css", 200, "https://shop.example" + target));

        Incident incident = Assert.Single(Scan.Run(lines, new EngineOptions()).Incidents, incident => incident.Actor.Value == Attacker);
        Assert.Equal(1, incident.Events);
    }

    [Fact]
    public void AWormWithoutAnAgentIsOneCampaignHoweverManyHostsItHas()
    {
        var start = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        List<string> lines = [.. Enumerable.Range(0, 900).Select(i => Line(start.AddSeconds(i), $"198.51.100.{i % 60 + 1}", $"/products/{i % 40}", 200))];
        for (int i = 0; i < 60; i++) lines.Add(Line(start.AddSeconds(901 + i), $"203.0.113.{i / 6 + 1}", WormTarget, 404, agent: "-"));

        // Its hosts ask for what only scanners ask for, so it counts as a scan with payloads in it.
        Incident incident = Assert.Single(Scan.Run(lines, new EngineOptions()).Incidents);
        Assert.Equal(ActorKind.Distributed, incident.Actor.Kind);
        Assert.Equal(10, incident.Actor.Members.Count);
    }

    [Fact]
    public void TheFirstPayloadsAreToldAsTheyCome()
    {
        using var source = new LineSource([.. Enumerable.Range(0, 12).Select(i => Line(new DateTime(2026, 3, 10, 9, 0, i, DateTimeKind.Utc), Attacker, WormTarget, 404))], linesPerBatch: 1);
        var engine = new DetectionEngine(new EngineOptions());
        var told = new List<long>();
        engine.IncidentChanged = incident => told.Add(incident.Events);
        BatchPipeline.Run(source, new LogParser(LogFormats.Find("combined")!), engine, ahead: 1, static _ => { }, CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12], told.Distinct());
    }

    /// <summary>The only incident about the attacker, who sends one request a second among ordinary visitors.</summary>
    private static Incident Single(IEnumerable<(string Target, int Status)> requests)
    {
        var start = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        var lines = new List<string>();
        for (int i = 0; i < 900; i++) lines.Add(Line(start.AddSeconds(i), $"198.51.100.{i % 60 + 1}", $"/products/{i % 40}", 200));
        int second = 900;
        foreach (var (target, status) in requests) lines.Add(Line(start.AddSeconds(second++), Attacker, target, status));
        return Assert.Single(Scan.Run(lines, new EngineOptions()).Incidents, incident => incident.Actor.Value == Attacker && incident.Type.IsPayload());
    }

    private static string Line(DateTime time, string client, string target, int status, string referer = "-", string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0") =>
        $"{client} - - [{time.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture)}] \"GET {target} HTTP/1.1\" {status} 512 \"{referer}\" \"{agent}\"";
}
