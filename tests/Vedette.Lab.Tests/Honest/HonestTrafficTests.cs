using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Honest;

public sealed class HonestTrafficTests
{
    private static readonly SimulationOptions Day = Traffic.Small with { Duration = TimeSpan.FromHours(8), AttackDensity = 0, Faults = false };

    [Theory]
    [InlineData(HonestScenarios.NatGateway, "nat_gateway")]
    [InlineData(HonestScenarios.PartnerBatch, "partner_batch")]
    [InlineData(HonestScenarios.HealthCheck, "health_check")]
    [InlineData(HonestScenarios.Crawler, "crawler")]
    [InlineData(HonestScenarios.AuthorizedExport, "authorized_export")]
    [InlineData(HonestScenarios.FlashCrowd, "flash_crowd")]
    [InlineData(HonestScenarios.DeployBlip, "deploy_blip")]
    [InlineData(HonestScenarios.PasswordResetWave, "password_reset_wave")]
    [InlineData(HonestScenarios.MissingIcons, "missing_icons")]
    [InlineData(HonestScenarios.PollingConsole, "polling_console")]
    [Trait("Speed", "Slow")]
    public void AnEpisodeHappensWhenItIsSwitchedOnAlone(HonestScenarios scenario, string name)
    {
        foreach (string api in TrafficSimulator.ApiNames)
        {
            var (_, truth) = Traffic.Run(Day with { Honest = scenario, Api = api, Duration = TimeSpan.FromHours(6), RequestsPerMinute = 60 });
            Assert.NotEmpty(truth);
            Assert.All(truth, t => Assert.Equal((TruthType.Honest, name), (t.Type, t.Scenario)));
            if (scenario != HonestScenarios.DeployBlip) Assert.True(truth.Sum(t => t.Events) >= 10, api);
        }
    }

    [Fact]
    public void HundredsOfPeopleShareAGateway()
    {
        var (events, truth) = Traffic.Run(Day with { Honest = HonestScenarios.NatGateway, RequestsPerMinute = 600, Duration = TimeSpan.FromHours(16) });
        var gateway = truth[0];
        Assert.Single(gateway.Actors);
        Assert.True(gateway.Users.Count > 100);
        Assert.Contains(events, e => e.Truth == 0 && e.Status == 401);
    }

    [Fact]
    public void AFlashCrowdIsManyNewVisitorsWithTheOrdinaryMix()
    {
        var (events, truth) = Traffic.Run(Day with { Honest = HonestScenarios.FlashCrowd, RequestsPerMinute = 600 });
        var crowd = events.Where(e => e.Truth == 0).ToArray();
        Assert.True(truth[0].Actors.Count > 50);
        Assert.True(crowd.Select(e => e.Route).Distinct().Count() > 10);
        long minutes = (truth[0].EndMicros - truth[0].StartMicros) / 60_000_000;
        double usual = events.Count(e => e.Truth < 0) / (24 * 60.0);
        Assert.True(crowd.CountBy(e => e.TimeMicros / 60_000_000).Max(m => m.Value) > usual, $"{minutes} minutes");
    }

    [Fact]
    public void AnExportWalksIdsInOrderAndIsAnswered()
    {
        var (events, _) = Traffic.Run(Day with { Honest = HonestScenarios.AuthorizedExport, Api = "bank" });
        var walk = events.Where(e => e.Truth == 0).ToArray();
        Assert.All(walk, e => Assert.Equal("svc-export", e.User));
        Assert.True(walk.Count(e => e.Status == 200) > walk.Length * 0.97);
    }

    [Fact]
    public void CrawlersReadRobotsFirstAndKeepAPace()
    {
        var (events, truth) = Traffic.Run(Day with { Honest = HonestScenarios.Crawler });
        foreach (var crawler in truth)
        {
            var requests = events.Where(e => e.Truth == Array.IndexOf([.. truth], crawler)).ToArray();
            Assert.Equal("/robots.txt", requests[0].Path);
            Assert.Contains("bot", requests[0].UserAgent, StringComparison.OrdinalIgnoreCase);
            Assert.True(requests.Zip(requests.Skip(1), (a, b) => b.TimeMicros - a.TimeMicros).Min() >= 200_000);
        }
    }

    [Fact]
    public void NamesWithApostrophesAppearOnlyWhenSwitchedOn()
    {
        Assert.Contains(Traffic.Run(Day with { Honest = HonestScenarios.ApostropheNames }).Events, e => e.User?.Contains('\'') == true);
        Assert.DoesNotContain(Traffic.Run(Day with { Honest = HonestScenarios.None }).Events, e => e.User?.Contains('\'') == true);
    }

    [Fact]
    public void PeopleSearchForSqlOnlyWhenSwitchedOn()
    {
        static bool IsAboutSql(TrafficEvent e) => e.Query.Contains("sql+injection+explained", StringComparison.Ordinal);
        Assert.Contains(Traffic.Run(Day with { Honest = HonestScenarios.SqlArticles, Api = "site" }).Events, IsAboutSql);
        Assert.DoesNotContain(Traffic.Run(Day with { Honest = HonestScenarios.None, Api = "site" }).Events, IsAboutSql);
    }

    [Fact]
    public void EverydayErrorsHappen()
    {
        var statuses = Traffic.Run(Day with { Honest = HonestScenarios.None }).Events.CountBy(e => e.Status).ToDictionary(s => s.Key, s => s.Value);
        foreach (short status in new short[] { 200, 201, 204, 304, 400, 401, 404, 422, 500 }) Assert.True(statuses.GetValueOrDefault(status) > 0, $"{status}");
        double errors = statuses.Where(s => s.Key >= 400).Sum(s => s.Value) / (double)statuses.Values.Sum();
        Assert.InRange(errors, 0.005, 0.06);
    }

    [Fact]
    public void LatencyIsSkewedAndDiffersByRoute()
    {
        var (events, _) = Traffic.Run(Day with { Honest = HonestScenarios.None });
        var search = events.Where(e => e.Route == "/api/v1/search").Select(e => e.DurationMicros).Order().ToArray();
        var asset = events.Where(e => e.Route == "/favicon.ico").Select(e => e.DurationMicros).Order().ToArray();
        Assert.True(search.Average() > search[search.Length / 2]);
        Assert.True(search[search.Length / 2] > 10 * asset[asset.Length / 2]);
    }
}
