using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;
using static Vedette.Engine.Tests.Incidents.Findings;

namespace Vedette.Engine.Tests.Incidents;

public sealed class IncidentBookTests
{
    private readonly IncidentBook _book = new(new IncidentOptions(), new RiskOptions());

    private IReadOnlyList<Incident> All => _book.All(static route => $"/route{route}");

    /// <summary>No more are remembered, so their number would be a wrong one.</summary>
    [Theory]
    [InlineData(999, "999 addresses", false)]
    [InlineData(1000, "1,000 or more addresses", true)]
    [InlineData(1400, "1,000 or more addresses", true)]
    public void OfVeryManyMembersTheNumberIsALeastOne(int count, string value, bool mayHaveMore)
    {
        Add(Make(IncidentType.CredentialStuffing, actor: 5000, kind: ActorKind.Distributed, members: [2, 3, 4]) with { ActorName = "addresses" });
        Add(Make(IncidentType.CredentialStuffing, actor: 5000, kind: ActorKind.Distributed, minute: 1, members: [.. Enumerable.Range(2, count).Select(static member => (ulong)member)]) with { ActorName = "addresses" });
        Actor actor = Assert.Single(All).Actor;
        Assert.Equal((value, mayHaveMore, Math.Min(count, 1000)), (actor.Value, actor.MayHaveMore, actor.Members.Count));
    }

    [Fact]
    public void FindingsOfOneKindAboutOneCallerAreOneIncident()
    {
        Add(Make(IncidentType.SqlInjection), Make(IncidentType.SqlInjection, minute: 5, events: 40, impact: 0.6), Make(IncidentType.Xss, minute: 6));
        Incident incident = Assert.Single(All);
        Assert.Equal(IncidentType.SqlInjection, incident.Type);
        Assert.Equal([IncidentType.Xss], incident.AlsoSeen);
        Assert.Equal(40, incident.Events);
        Assert.Equal("/route1", incident.Endpoint);
    }

    [Fact]
    public void DifferentCallersAreDifferentIncidents()
    {
        Add(Make(IncidentType.SqlInjection, actor: 1), Make(IncidentType.SqlInjection, actor: 2));
        Assert.Equal(2, All.Count);
    }

    [Fact]
    public void DifferentAimsOfOneCallerAreDifferentIncidents()
    {
        Add(Make(IncidentType.SqlInjection), Make(IncidentType.BruteForce), Make(IncidentType.DataScraping));
        Assert.Equal(3, All.Count);
    }

    [Fact]
    public void WhateverAScannerDoesBelongsToTheScan()
    {
        Add(Make(IncidentType.Scanner, impact: 0.9), Make(IncidentType.BruteForce, impact: 0), Make(IncidentType.RateAbuse, impact: 0));
        Incident incident = Assert.Single(All);
        Assert.Equal(IncidentType.Scanner, incident.Type);
        Assert.Equal([IncidentType.BruteForce, IncidentType.RateAbuse], incident.AlsoSeen);
    }

    /// <summary>Whatever makes hundreds of strangers look alike, nobody reads hundreds of incidents about it.</summary>
    [Fact]
    public void ManyStrangersOfWhomTheSameIsToldAreOne()
    {
        Finding[] addresses = [.. Enumerable.Range(1, 6).Select(static actor => Make(IncidentType.DataScraping, actor: (ulong)actor, trait: (ulong)(900 + actor)))];
        Finding[] users = [.. Enumerable.Range(21, 3).Select(static actor => Make(IncidentType.DataScraping, actor: (ulong)actor, kind: ActorKind.User, via: (ulong)(100 + actor)))];
        Add([.. addresses, users[0]]);
        Assert.Equal(7, All.Count);
        Add(users[1], users[2]);
        Incident one = Assert.Single(All);
        Assert.Equal("9 callers", one.Actor.Value);
        Assert.StartsWith("9 callers do the same, each in a way of its own", one.Explanation, StringComparison.Ordinal);
        Assert.Contains("One of them, actor", one.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void CampaignsOfOneAgentEachAreJoinedAsStrangersAre()
    {
        Add([.. Enumerable.Range(1, 40).Select(static actor => Make(IncidentType.DataScraping, actor: (ulong)actor, trait: (ulong)(900 + actor / 5)))]);
        Assert.Equal("40 callers", Assert.Single(All).Actor.Value);
    }

    [Fact]
    public void StrangersAtOtherPlacesAndWhoGuessesPasswordsStayApart()
    {
        Add([.. Enumerable.Range(1, 7).Select(static actor => Make(IncidentType.DataScraping, actor: (ulong)actor))]);
        Add(Make(IncidentType.DataScraping, actor: 8) with { Route = 2 }, Make(IncidentType.DataScraping, actor: 9, impact: -0.3));
        Assert.Equal(9, All.Count);
        Add([.. Enumerable.Range(11, 9).Select(static actor => Make(IncidentType.BruteForce, actor: (ulong)actor))]);
        Assert.Equal(18, All.Count);
    }

    [Fact]
    public void APrincipalAndItsAddressDoingTheSameAreOne()
    {
        Add(Make(IncidentType.ObjectEnumeration, actor: 1), Make(IncidentType.ObjectEnumeration, actor: 77, kind: ActorKind.User, via: 1));
        Assert.Single(All);
    }

    [Fact]
    public void AfterALongSilenceANewIncidentBegins()
    {
        Add(Make(IncidentType.SqlInjection));
        _book.CloseIdle(Start + 59 * Minute, static _ => null);
        Add(Make(IncidentType.SqlInjection, minute: 30));
        Assert.Single(All);
        _book.CloseIdle(Start + 91 * Minute, static _ => null);
        Add(Make(IncidentType.SqlInjection, minute: 120));
        Assert.Equal(2, All.Count);
        Assert.Equal(2, All.Select(static i => i.Id).Distinct().Count());
    }

    [Fact]
    public void ACampaignOfManyTakesOverItsMembersIncidents()
    {
        Add(Make(IncidentType.BruteForce, actor: 2), Make(IncidentType.BruteForce, actor: 3), Make(IncidentType.SqlInjection, actor: 2));
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, minute: 3, members: [2, 3, 4]));
        Incident campaign = Assert.Single(All, static i => i.Actor.Kind == ActorKind.Distributed);
        Assert.Equal(2, All.Count);
        Assert.Equal(IncidentType.CredentialStuffing, campaign.Type);
        Assert.Equal(3, campaign.Actor.Members.Distinct().Count());
        Assert.Equal(Start, (campaign.DetectedAt - DateTimeOffset.UnixEpoch).Ticks / 10);
    }

    [Fact]
    public void AMemberThatIsFoundLaterJoinsTheCampaign()
    {
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, members: [2, 3, 4]));
        Add(Make(IncidentType.BruteForce, actor: 3, minute: 2));
        Assert.Equal(IncidentType.CredentialStuffing, Assert.Single(All).Type);
    }

    [Fact]
    public void AnAttackByAStrangerToTheCampaignAtTheSameLoginIsItsOwnIncident()
    {
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, members: [2, 3, 4]));
        Add(Make(IncidentType.BruteForce, actor: 9, minute: 2));
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, minute: 3, members: [2, 3, 4, 5]));
        Assert.Equal(2, All.Count);
        Assert.Equal("actor9", Assert.Single(All, static i => i.Type == IncidentType.BruteForce).Actor.Value);
    }

    [Fact]
    public void AnAccountAttackedFromAMembersAddressIsPartOfTheCampaign()
    {
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, members: [2, 3, 4]));
        Add(Make(IncidentType.BruteForce, actor: 77, kind: ActorKind.User, via: 3, minute: 1));
        Assert.Single(All);
        Add(Make(IncidentType.BruteForce, actor: 78, kind: ActorKind.User, via: 8, minute: 1));
        Assert.Equal(2, All.Count);
    }

    [Fact]
    public void ACampaignOfMostlyTheSameMembersIsTheSameIncident()
    {
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, members: [2, 3, 4]));
        Add(Make(IncidentType.CredentialStuffing, actor: 501, kind: ActorKind.Distributed, minute: 20, members: [3, 4, 5]));
        Assert.Equal(["actor2", "actor3", "actor4", "actor5"], Assert.Single(All).Actor.Members);
        Add(Make(IncidentType.CredentialStuffing, actor: 502, kind: ActorKind.Distributed, minute: 25, members: [5, 6, 7]));
        Assert.Equal(2, All.Count);
    }

    [Fact]
    public void WhichLoginAttackItIsMayShowLater()
    {
        Add(Make(IncidentType.CredentialStuffing) with { Detector = "login" }, Make(IncidentType.PasswordSpraying, minute: 2) with { Detector = "login" });
        Incident incident = Assert.Single(All);
        Assert.Equal(IncidentType.PasswordSpraying, incident.Type);
        Assert.Empty(incident.AlsoSeen);
    }

    [Fact]
    public void ThreeCallersOfOneTraitAreThreeAndFourAreOneCampaign()
    {
        for (ulong actor = 1; actor <= 3; actor++) Add(Make(IncidentType.Scanner, actor, trait: 9));
        Assert.Equal(3, All.Count);
        Add(Make(IncidentType.Scanner, actor: 4, trait: 9));
        Incident campaign = Assert.Single(All);
        Assert.Equal(ActorKind.Distributed, campaign.Actor.Kind);
        Assert.Equal(["actor1", "actor2", "actor3", "actor4"], campaign.Actor.Members.Order(StringComparer.Ordinal));
        Add(Make(IncidentType.Scanner, actor: 5, trait: 9, minute: 2));
        Assert.Equal(5, Assert.Single(All).Actor.Members.Count);
    }

    /// <summary>Whose requests are remembered is bounded as the members are, so their number is a least one too, and the text says of what.</summary>
    [Theory]
    [InlineData(999, false)]
    [InlineData(1400, true)]
    public void OfVeryManyAlikeTheRequestsAreThoseOfTheFirstThousand(int callers, bool isLeast)
    {
        for (int actor = 1; actor <= callers; actor++) Add(Make(IncidentType.Scanner, (ulong)actor, trait: 9, events: 3));
        Incident campaign = Assert.Single(All);
        Assert.Equal(3 * Math.Min(callers, 1000), campaign.Events);
        Assert.Equal(isLeast, campaign.Explanation.Contains("the requests of the first 1,000 are counted", StringComparison.Ordinal));
    }

    [Fact]
    public void ACampaignsNameCountsThoseWhoJoinItLater()
    {
        for (ulong actor = 1; actor <= 4; actor++) Add(Make(IncidentType.Scanner, actor, trait: 9, impact: 0.5));
        Add(Make(IncidentType.Scanner, actor: 5, trait: 9, minute: 2) with { Detector = "another" });
        Incident campaign = Assert.Single(All);
        Assert.Equal("5 addresses", campaign.Actor.Value);
        Assert.StartsWith("5 addresses do the same", campaign.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void ACampaignOfManyIsAsGraveAsItsGravest()
    {
        for (ulong actor = 1; actor <= 4; actor++) Add(Make(IncidentType.Scanner, actor, trait: 9, impact: 0.1));
        int before = Assert.Single(All).Risk;
        Add(Make(IncidentType.Scanner, actor: 2, trait: 9, minute: 1, impact: 0.8, events: 50));
        Incident campaign = Assert.Single(All);
        Assert.True(campaign.Risk > before);
        Assert.Equal("4 addresses do the same in the same way. One of them, actor2: Scanner by 2", campaign.Explanation);
        Assert.Equal(80, campaign.Events);
        Add(Make(IncidentType.Scanner, actor: 5, trait: 9, minute: 2, impact: 0.1));
        Assert.Contains("actor2", Assert.Single(All).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void ATraitThatIsKnownLaterJoinsAsWell()
    {
        for (ulong actor = 1; actor <= 4; actor++) Add(Make(IncidentType.Scanner, actor), Make(IncidentType.SqlInjection, actor, trait: 9, minute: 1, impact: 0.9));
        Assert.Equal(4, Assert.Single(All).Actor.Members.Count);
    }

    [Fact]
    public void ACampaignSaysHowManyTookPartInAll()
    {
        Add(Make(IncidentType.BruteForce, actor: 9, via: 0), Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, minute: 1, members: [2, 3, 9]) with { ActorName = "addresses" });
        Add(Make(IncidentType.CredentialStuffing, actor: 500, kind: ActorKind.Distributed, minute: 2, members: [2, 3]) with { ActorName = "addresses" });
        Incident campaign = Assert.Single(All);
        Assert.Equal("3 addresses", campaign.Actor.Value);
        Assert.EndsWith(" With those found before or by themselves it was 3 addresses.", campaign.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void CallersThatShareNoTraitStayApart()
    {
        for (ulong actor = 1; actor <= 10; actor++) Add(Make(IncidentType.Scanner, actor, trait: 100 + actor));
        Assert.Equal(10, All.Count);
    }

    [Fact]
    public void ASecondSignRaisesTheRiskAndNeverBeyondAHundred()
    {
        Add(Make(IncidentType.SqlInjection, impact: 0.5));
        int alone = Assert.Single(All).Risk;
        Add(Make(IncidentType.CommandInjection, impact: 0.4), Make(IncidentType.PathTraversal), Make(IncidentType.EndpointEnumeration));
        Assert.InRange(Assert.Single(All).Risk, alone + 1, 100);
    }

    [Fact]
    public void AnInnocentReadingIsNotRaisedByOtherSigns()
    {
        Add(Make(IncidentType.SqlInjection, impact: -0.4));
        int alone = Assert.Single(All).Risk;
        Add(Make(IncidentType.SqlInjection, impact: -0.4, minute: 2));
        Assert.Equal(alone, Assert.Single(All).Risk);
    }

    [Fact]
    public void TheSameFindingsGiveTheSameIds()
    {
        var other = new IncidentBook(new IncidentOptions(), new RiskOptions());
        foreach (ulong actor in (ulong[])[4, 2, 8])
        {
            Add(Make(IncidentType.Xss, actor));
            other.Add(Make(IncidentType.Xss, actor), static _ => null);
        }
        Assert.Equal(All.Select(static i => i.Id), other.All(static _ => null).Select(static i => i.Id));
        Assert.All(All, static i => Assert.Matches("^inc-[0-9a-f]{12}$", i.Id));
    }

    [Fact]
    public void BeyondTheMostKeptTheLeastRiskyIsDroppedAndCounted()
    {
        var book = new IncidentBook(new IncidentOptions { MaxKept = 10 }, new RiskOptions());
        for (ulong actor = 1; actor <= 15; actor++)
        {
            book.Add(Make(IncidentType.Xss, actor, minute: actor * 100.0, impact: actor == 3 ? 1 : 0.01 * actor), static _ => null);
            book.CloseIdle(Start + (long)((actor * 100 + 90) * Minute), static _ => null);
        }
        Assert.Equal(5, book.Dropped);
        IReadOnlyList<Incident> kept = book.All(static _ => null);
        Assert.Equal(10, kept.Count);
        Assert.Contains(kept, static i => i.Actor.Value == "actor3");
        Assert.DoesNotContain(kept, static i => i.Actor.Value == "actor1");
    }

    [Fact]
    public void ChangesAreToldWithTheIncidentAsItIsThen()
    {
        var told = new List<Incident>();
        _book.Changed = told.Add;
        Add(Make(IncidentType.Xss), Make(IncidentType.SqlInjection, minute: 1, impact: 0.8));
        Assert.Equal([IncidentType.Xss, IncidentType.SqlInjection], told.Select(static i => i.Type));
        Assert.Single(told.Select(static i => i.Id).Distinct());
    }

    [Fact]
    public void WhatACampaignTakesOverIsToldALastTime()
    {
        var told = new List<Incident>();
        _book.Changed = told.Add;
        for (ulong actor = 1; actor <= 4; actor++) Add(Make(IncidentType.Scanner, actor, trait: 9));
        Incident campaign = Assert.Single(All);
        Assert.Null(campaign.PartOf);
        Assert.Equal(["actor1", "actor2", "actor3", "actor4"], told.Where(i => i.PartOf == campaign.Id).Select(static i => i.Actor.Value).Order(StringComparer.Ordinal));
        Assert.Equal(campaign.Id, told[^1].Id);

        Add(Make(IncidentType.SqlInjection, actor: 20), Make(IncidentType.BruteForce, actor: 20, minute: 1), Make(IncidentType.Scanner, actor: 20, minute: 2, impact: 0.9));
        Assert.Equal(IncidentType.BruteForce, Assert.Single(told, i => i.PartOf is not null && i.PartOf != campaign.Id).Type);
    }

    private void Add(params Finding[] findings)
    {
        foreach (Finding finding in findings) _book.Add(finding, static route => $"/route{route}");
    }
}
