using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Attacks;

public sealed class CampaignTests
{
    public static TheoryData<TruthType> AttackTypes => [.. TruthTypes.Attacks];

    [Theory]
    [MemberData(nameof(AttackTypes))]
    [Trait("Speed", "Slow")]
    public void EveryTypeHappensAtEveryIntensityOnEveryApi(TruthType type)
    {
        foreach (string api in TrafficSimulator.ApiNames)
        {
            var options = Traffic.Quiet with { Api = api, Types = new HashSet<TruthType> { type }, Campaigns = 3, RequestsPerMinute = 30, AttackDensity = 0.3 };
            var (events, truth) = Traffic.Run(options);
            Assert.Equal(Enum.GetValues<Intensity>(), truth.Select(t => t.Intensity).Order());
            Assert.All(truth, t => Assert.Equal(type, t.Type));
            Assert.All(truth, t => Assert.True(t.Events >= 12, $"{api} {t.Intensity} has {t.Events}"));
            Assert.Contains(events, e => e.Truth >= 0 && !e.IsCover);
        }
    }

    [Fact]
    public void HardCampaignsAreSlowerWiderAndMixed()
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.CredentialStuffing }, Campaigns = 6, Duration = TimeSpan.FromHours(24), Honest = HonestScenarios.None };
        var (events, truth) = Traffic.Run(options);
        var easy = truth.Where(t => t.Intensity == Intensity.Easy).ToArray();
        var hard = truth.Where(t => t.Intensity == Intensity.Hard).ToArray();
        Assert.True(hard.Min(t => t.Actors.Count) > easy.Max(t => t.Actors.Count));
        Assert.True(hard.Min(t => t.EndMicros - t.StartMicros) > easy.Max(t => t.EndMicros - t.StartMicros));
        Assert.Contains(events, e => e.IsCover && truth[e.Truth].Intensity == Intensity.Hard);
        Assert.DoesNotContain(events, e => e.IsCover && truth[e.Truth].Intensity == Intensity.Easy);
    }

    [Fact]
    public void StuffingRarelySucceedsAndTriesManyAccounts()
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.CredentialStuffing }, Campaigns = 3, AttackDensity = 0.3, Duration = TimeSpan.FromHours(12) };
        var (events, truth) = Traffic.Run(options);
        var attempts = events.Where(e => e.Truth >= 0 && truth[e.Truth].Type == TruthType.CredentialStuffing && !e.IsCover).ToArray();
        Assert.InRange(attempts.Count(e => e.Status == 200) / (double)attempts.Length, 0, 0.03);
        Assert.All(truth.Where(t => t.Type == TruthType.CredentialStuffing), t => Assert.True(t.Users.Count > 300));
    }

    [Fact]
    public void ATakeoverFailsThenSucceedsThenChangesTheAccount()
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.AccountTakeover }, Campaigns = 1, Intensities = new HashSet<Intensity> { Intensity.Easy }, AttackDensity = 0.002 };
        var (events, truth) = Traffic.Run(options);
        var takeover = events.Where(e => e.ClientKind == ClientKind.Attacker).ToArray();
        int success = Array.FindIndex(takeover, e => e.Route == "/api/v1/login" && e.Status == 200);
        Assert.True(success >= 4);
        Assert.All(takeover[..success], e => Assert.Equal(401, e.Status));
        Assert.Contains(takeover[(success + 1)..], e => e.Method == "PUT");
        Assert.Single(truth.Single(t => t.Type == TruthType.AccountTakeover).Users);
    }

    [Fact]
    public void EnumerationAsksForManyObjectsOfOneRoute()
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.ObjectEnumeration }, Campaigns = 1, Honest = HonestScenarios.None };
        var (events, _) = Traffic.Run(options);
        var walk = events.Where(e => e.Truth >= 0 && !e.IsCover).ToArray();
        Assert.Single(walk.Select(e => e.Route).Distinct());
        Assert.True(walk.Select(e => e.Path).Distinct().Count() > walk.Length * 0.9);
        Assert.All(walk, e => Assert.NotNull(e.User));
    }

    [Fact]
    public void ExhaustionIsSlowAndLarge()
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.ResourceExhaustion }, Honest = HonestScenarios.None };
        var (events, _) = Traffic.Run(options);
        Assert.True(events.Where(e => e.Truth >= 0 && !e.IsCover).Average(e => e.DurationMicros) > 8 * events.Where(e => e.Truth < 0).Average(e => e.DurationMicros));
    }
}
