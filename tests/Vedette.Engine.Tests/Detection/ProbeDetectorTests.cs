using System.Globalization;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Engine.Tests.Detection;

public sealed class ProbeDetectorTests
{
    private const string Prober = "203.0.113.9";

    [Fact]
    public void WhoAsksForManyHostsAsIfThisWereAProxyIsFound()
    {
        Incident incident = Assert.Single(Find(Enumerable.Range(0, 30).Select(i => $"CONNECT mail{i}.example.com:25")));
        Assert.Equal(IncidentType.EndpointEnumeration, incident.Type);
    }

    [Fact]
    public void OneHostAgainAndAgainIsOneGuess() => Assert.Empty(Find(Enumerable.Repeat("CONNECT mail.example.com:25", 30)));

    [Fact]
    public void AToolThatGoesThroughAListOfWordsIsAScanThatGuessesPaths()
    {
        Incident incident = Assert.Single(Find(Enumerable.Range(0, 60).Select(i => $"GET /word{(char)('a' + i % 26)}{(char)('a' + i / 26)}"), "gobuster/3.6"));
        Assert.Equal(IncidentType.Scanner, incident.Type);
        Assert.Contains(IncidentType.EndpointEnumeration, incident.AlsoSeen);
    }

    /// <summary>What is found about a caller who sends one request a second among ordinary visitors.</summary>
    private static IEnumerable<Incident> Find(IEnumerable<string> requests, string agent = "-")
    {
        var start = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        List<string> lines = [.. Enumerable.Range(0, 900).Select(i => Line(start.AddSeconds(i), $"198.51.100.{i % 60 + 1}", $"GET /products/{i % 40}", 200))];
        lines.AddRange(requests.Select((request, i) => Line(start.AddSeconds(900 + i), Prober, request, agent == "-" ? 405 : 404, agent)));
        return Scan.Run(lines, new EngineOptions()).Incidents.Where(static incident => incident.Actor.Value == Prober);
    }

    private static string Line(DateTime time, string client, string request, int status, string agent = "-") =>
        $"{client} - - [{time.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture)}] \"{request} HTTP/1.1\" {status} 512 \"-\" \"{agent}\"";
}
