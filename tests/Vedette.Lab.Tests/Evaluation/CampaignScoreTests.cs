using Vedette.Engine.Detection;
using Vedette.Lab.Evaluation;
using static Vedette.Lab.Tests.Evaluation.Incidents;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class CampaignScoreTests
{
    [Fact]
    public void AnIncidentAboutAnActorInItsTimeFindsTheCampaign()
    {
        var score = CampaignScore.Of([Row("xss", 100, 110, "203.0.113.9")], [Make(IncidentType.Xss, "203.0.113.9", 101, 109)]);
        Assert.True(score.Campaigns[0].IsFound);
        Assert.True(score.Campaigns[0].IsNamed);
        Assert.Empty(score.FalseIncidents);
    }

    [Fact]
    public void AnotherTypeFindsButDoesNotName()
    {
        var score = CampaignScore.Of([Row("xss", 100, 110, "203.0.113.9")], [Make(IncidentType.Scanner, "203.0.113.9", 101, 109)]);
        Assert.True(score.Campaigns[0].IsFound);
        Assert.False(score.Campaigns[0].IsNamed);
    }

    [Theory]
    [InlineData("203.0.113.10", 101, 109)]
    [InlineData("203.0.113.9", 141, 150)]
    [InlineData("203.0.113.9", 10, 69)]
    public void AnIncidentAboutSomebodyElseOrAnotherTimeIsFalse(string actor, double first, double last)
    {
        var score = CampaignScore.Of([Row("xss", 100, 110, "203.0.113.9")], [Make(IncidentType.Xss, actor, first, last)]);
        Assert.False(score.Campaigns[0].IsFound);
        Assert.Single(score.FalseIncidents);
    }

    [Fact]
    public void AnIncidentOfLowRiskNeitherFindsNorCountsAsAFalseOneOfMedium()
    {
        var score = CampaignScore.Of([Row("xss", 100, 110, "203.0.113.9")], [Make(IncidentType.Xss, "203.0.113.9", 101, 109, risk: 39), Make(IncidentType.Xss, "203.0.113.7", 101, 109, risk: 39)]);
        Assert.False(score.Campaigns[0].IsFound);
        Assert.Empty(score.FalseIncidents);
        Assert.Equal(1, score.FalseMinor);
    }

    [Fact]
    public void MembersAndIPv6SitesCountAsActors()
    {
        var score = CampaignScore.Of(
            [Row("bot", 0, 10, "198.51.100.4"), Row("bot", 0, 10, "2001:db8:1:2::77")],
            [Make(IncidentType.Bot, "2 addresses", 0, 10, 70, "198.51.100.3", "198.51.100.4"), Make(IncidentType.Bot, "2001:db8:1:2::/64", 0, 10)]);
        Assert.All(score.Campaigns, static outcome => Assert.True(outcome.IsFound));
    }

    [Fact]
    public void FaultsAreFoundByIncidentsAboutTheServiceAndAttacksAreNot()
    {
        var score = CampaignScore.Of([Row("error_spike", 100, 110), Row("xss", 100, 110, "203.0.113.9")], [Make(IncidentType.ErrorSpike, "/orders", 101, 109)]);
        Assert.Equal([true, false], score.Campaigns.Select(static outcome => outcome.IsFound));
    }

    [Fact]
    public void AnIncidentAboutAnHonestEpisodeIsFalse()
    {
        TruthRow episode = Row("honest", 0, 1000, "203.0.113.20") with { Scenario = "crawler" };
        var incident = Make(IncidentType.DataScraping, "203.0.113.20", 10, 20);
        Assert.Single(CampaignScore.Of([episode], [incident]).FalseIncidents);
        Assert.Equal("crawler", HonestScore.ScenarioOf(incident, [episode]));
        Assert.Equal(HonestScore.Ordinary, HonestScore.ScenarioOf(Make(IncidentType.DataScraping, "203.0.113.21", 10, 20), [episode]));
    }
}
