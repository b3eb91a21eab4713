using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Engine.Tests.Detection;

public sealed class LoginDetectorTests
{
    [Fact]
    public void GuessesInALogWithoutNamesAreSaidToBeSuch()
    {
        Incident incident = Assert.Single(Scan.Run(Scan.LogOf("brute_force"), new EngineOptions()).Incidents, static i => i.Type == IncidentType.BruteForce);
        Assert.Contains("does not tell for which users", incident.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void GuessesAtOneKnownNameAreNot()
    {
        Incident incident = Assert.Single(Scan.Run(Scan.LogOf("guesses_are_told_once"), new EngineOptions()).Incidents, static i => i.Type == IncidentType.BruteForce);
        Assert.DoesNotContain("does not tell", incident.Explanation, StringComparison.Ordinal);
    }
}
