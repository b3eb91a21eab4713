using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Engine.Tests.Detection;

public sealed class RateDetectorTests
{
    [Fact]
    public void RefusalsAreTold()
    {
        string[] refused = [.. Scan.LinesOf("rate_abuse").Select(static line => line.StartsWith("203.0.113.9 ", StringComparison.Ordinal) ? line.Replace("\" 200 ", "\" 401 ", StringComparison.Ordinal) : line)];

        Incident incident = Assert.Single(Scan.Run(refused, new EngineOptions()).Incidents, static i => i.Type == IncidentType.RateAbuse);

        Assert.Contains("% were refused (401 or 403)", incident.Explanation, StringComparison.Ordinal);
    }
}
