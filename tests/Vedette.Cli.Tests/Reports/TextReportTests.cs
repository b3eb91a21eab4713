using Vedette.Cli.Reports;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Cli.Tests.Reports;

public sealed class TextReportTests
{
    private static readonly ScanReport Nothing = new()
    {
        Sources = ["access.log"],
        Lines = 1,
        Parsed = 1,
        Skipped = 0,
        First = DateTimeOffset.UnixEpoch,
        Last = DateTimeOffset.UnixEpoch,
        Clients = 1,
        Endpoints = 1,
        Bytes = 100,
        Elapsed = TimeSpan.FromSeconds(1),
        Formats = new Dictionary<string, long> { ["combined"] = 1 },
        SkippedReasons = new Dictionary<string, long>(),
        SkippedSamples = [],
        Warnings = [],
        Incidents = [],
    };

    private static readonly Incident Distributed = new()
    {
        Id = "inc-0123456789ab",
        Type = IncidentType.CredentialStuffing,
        Risk = 80,
        Level = RiskLevel.Critical,
        Confidence = 0.9,
        Actor = new Actor(ActorKind.Distributed, "60 addresses", [.. Enumerable.Range(0, 60).Select(static i => $"2001:db8:85a3:{i:x4}::/64")]),
        Endpoint = "/login",
        FirstSeen = DateTimeOffset.UnixEpoch,
        LastSeen = DateTimeOffset.UnixEpoch,
        DetectedAt = DateTimeOffset.UnixEpoch,
        Events = 210,
        Explanation = string.Join(' ', Enumerable.Repeat("too few to notice alone", 20)),
        Drivers = [],
        Models = new Dictionary<string, double>(),
        Evidence = [new Evidence(12, "POST /login?" + new string('x', 300), 0)],
        AlsoSeen = [IncidentType.BruteForce, IncidentType.PasswordSpraying, IncidentType.AccountTakeover, IncidentType.EndpointEnumeration, IncidentType.ObjectEnumeration],
    };

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public void NoLineIsWiderThanTheTerminal(int width)
    {
        string text = Print(Nothing with { Sources = ["/var/log/" + new string('x', 90) + "/access.log"], Lines = 12_345_678, Incidents = [Distributed], Warnings = [string.Join(' ', Enumerable.Repeat("events are out of order", 12))] }, width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("and 55 more", text.Replace("\n    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutColorThereIsNoEscape() => Assert.DoesNotContain('\u001b', Print(Nothing with { Incidents = [Distributed] }, 80));

    [Fact]
    public void TheEndHasADateIfItIsAnotherDay()
    {
        Assert.Contains("1970-01-01 00:00:00 to 01:30:00 UTC", Print(Nothing with { Incidents = [Distributed with { LastSeen = DateTimeOffset.UnixEpoch.AddHours(1.5) }] }, 80), StringComparison.Ordinal);
        Assert.Contains("1970-01-01 00:00:00 to 1970-01-03 01:30:00 UTC", Print(Nothing with { Incidents = [Distributed with { LastSeen = DateTimeOffset.UnixEpoch.AddHours(49.5) }] }, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingFoundIsToldApartFromNothingRead()
    {
        Assert.Contains("No attack, abuse or failure was found.", Print(Nothing, 80), StringComparison.Ordinal);
        string unread = Print(Nothing with { Parsed = 0, Skipped = 1, Formats = new Dictionary<string, long>(), SkippedReasons = new Dictionary<string, long> { ["unexpected_format"] = 1 } }, 80);
        Assert.DoesNotContain("No attack", unread, StringComparison.Ordinal);
        Assert.Contains("no request that could be read", unread, StringComparison.Ordinal);
    }

    private static string Print(ScanReport report, int width)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new TextReport(text, isColored: false, width).Write(report);
        return text.ToString();
    }
}
