using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;
using static Vedette.Engine.Tests.Incidents.Findings;

namespace Vedette.Engine.Tests.Incidents;

/// <summary>Programs whose every attempt is refused: one incident, however often and from wherever they come, and never a cover for what gets through.</summary>
public sealed class NoiseTests
{
    private readonly IncidentBook _book = new(new IncidentOptions(), new RiskOptions());

    private IReadOnlyList<Incident> All => _book.All(static route => $"/route{route}");

    [Fact]
    public void NoiseComesBackWithinDaysAndItsEventsAddUp()
    {
        Add(MakeNoise(IncidentType.SqlInjection));
        _book.CloseIdle(Start + 24 * 60 * Minute, static _ => null);
        Add(MakeNoise(IncidentType.SqlInjection, minute: 25 * 60), MakeNoise(IncidentType.SqlInjection, minute: 25 * 60 + 0.5, events: 14));
        Assert.Equal(24, Assert.Single(All).Events);
        _book.CloseIdle(Start + (25 + 73) * 60 * Minute, static _ => null);
        Add(MakeNoise(IncidentType.SqlInjection, minute: 99 * 60));
        Assert.Equal(2, All.Count);
    }

    [Fact]
    public void WhatGetsThroughLaterIsNoLongerThatNoise()
    {
        Add(MakeNoise(IncidentType.SqlInjection), Make(IncidentType.SqlInjection, minute: 120));
        Assert.Equal(2, All.Count);
        Add(Make(IncidentType.SqlInjection, actor: 2), MakeNoise(IncidentType.SqlInjection, actor: 2, minute: 5));
        Assert.Equal(3, All.Count);
    }

    [Fact]
    public void AScannerInVainIsNotToBlameForWhatItsAddressDoesTheNextDay()
    {
        Add(MakeNoise(IncidentType.Scanner), Make(IncidentType.BruteForce, minute: 26 * 60));
        Assert.Equal([IncidentType.Scanner, IncidentType.BruteForce], All.Select(static i => i.Type));
    }

    [Fact]
    public void NoiseOfManyIsOneCampaignAndWhatGotThroughStandsAlone()
    {
        for (ulong actor = 1; actor <= 4; actor++) Add(MakeNoise(IncidentType.SqlInjection, actor, minute: 600.0 * actor));
        Add(Make(IncidentType.SqlInjection, actor: 5, trait: 9, minute: 2500, impact: 0.5), Make(IncidentType.SqlInjection, actor: 2, trait: 9, minute: 2501, impact: 0.5));
        Assert.Equal(3, All.Count);
        Incident campaign = Assert.Single(All, static i => i.Actor.Kind == ActorKind.Distributed);
        Assert.Equal("4 addresses", campaign.Actor.Value);
        Assert.Equal(40, campaign.Events);
        Assert.Equal(["actor5", "actor2"], All.Where(i => i != campaign && i.Actor.Kind == ActorKind.Ip).Select(static i => i.Actor.Value));
    }

    [Fact]
    public void OldNoiseMakesRoomForANewIncident()
    {
        var book = new IncidentBook(new IncidentOptions { MaxKept = 10 }, new RiskOptions());
        for (ulong actor = 1; actor <= 10; actor++) book.Add(MakeNoise(IncidentType.Xss, actor, minute: actor, trait: 100 + actor), static _ => null);
        book.Add(Make(IncidentType.SqlInjection, actor: 11, minute: 20), static _ => null);
        Assert.Equal(0, book.Dropped);
        Assert.Equal(11, book.All(static _ => null).Count);
    }

    private static Finding MakeNoise(IncidentType type, ulong actor = 1, double minute = 0, long events = 10, ulong trait = 9) =>
        Make(type, actor, minute, impact: -0.02, events: events, trait: trait) with { IsNoise = true };

    private void Add(params Finding[] findings)
    {
        foreach (Finding finding in findings) _book.Add(finding, static route => $"/route{route}");
    }
}
