using Microsoft.Extensions.Logging.Abstractions;
using Vedette.Engine;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;
using Vedette.Server.Access;
using Vedette.Server.Api;
using Vedette.Server.Enforcement;
using Vedette.Server.Settings;
using Vedette.Server.Tests.Alerts;
using Vedette.Storage;
using Vedette.Storage.Control;
using Vedette.Storage.Events;

namespace Vedette.Server.Tests.Enforcement;

public sealed class AutomaticDecisionsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-enforcement").FullName;
    private readonly ManualTime _time = new();
    private readonly PastStore _past = new();
    private Store _store = null!;
    private DecisionList _decisions = null!;
    private Verdicts _verdicts = null!;

    public async ValueTask InitializeAsync()
    {
        _store = StoreFactory.Create(new StorageOptions { Url = "sqlite:" + _folder }, _time);
        await _store.Control.OpenAsync(CancellationToken.None);
        _decisions = new DecisionList(_store.Control, _time);
        _verdicts = new Verdicts(_store.Control);
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait("Row", "A10")]
    public async Task ACriticalIncidentBansAndAHighOneThrottles()
    {
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical), TestIncidents.Of("b", RiskLevel.High, "203.0.113.10"), TestIncidents.Of("c", RiskLevel.Medium, "203.0.113.11"));
        Assert.Equal(["ban ip 203.0.113.9 vedette a 01:00:00", "throttle ip 203.0.113.10 vedette b 01:00:00"], Made());
        Assert.Equal(["decision.ban", "decision.throttle"], await AuditAsync());
    }

    [Fact]
    public async Task ByDefaultPeopleDecide()
    {
        AutomaticDecisions automatic = New(new VedetteSettings());
        automatic.Offer([TestIncidents.Of("a", RiskLevel.Critical)]);
        await automatic.StepAsync(CancellationToken.None);
        Assert.Empty(Made());
        Assert.Empty(automatic.Outcomes);
    }

    [Fact]
    public async Task ADryRunNotesWhatItWouldDoAndBlocksNobody()
    {
        AutomaticDecisions automatic = await DecideAsync(new EnforcementOptions { Mode = EnforcementMode.DryRun }, TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Empty(Made());
        Assert.Equal(["decision.dry_ban"], await AuditAsync());
        Assert.Equal("dry_ban", automatic.Outcomes.Single().Key);
    }

    [Theory]
    [InlineData("127.0.0.1", ActorKind.Ip)]
    [InlineData("10.1.2.3", ActorKind.Ip)]
    [InlineData("198.51.100.7", ActorKind.Ip)]
    [InlineData("192.0.2.77", ActorKind.Ip)]
    [InlineData("a host by name", ActorKind.Ip)]
    [InlineData("/login", ActorKind.Endpoint)]
    [InlineData("0123abcd", ActorKind.ApiKey)]
    [InlineData("0123abcd", ActorKind.Session)]
    public async Task ProxiesAllowedNetworksAndWhatNobodyCanBlockAreLeftAlone(string actor, ActorKind kind)
    {
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical, actor, kind));
        Assert.Empty(Made());
    }

    [Fact]
    public async Task AUserIsBlockedButNotTheVictimOfATakeover()
    {
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical, "mallory", ActorKind.User), TestIncidents.Of("b", RiskLevel.Critical, "alice", ActorKind.User) with { Type = IncidentType.AccountTakeover });
        Assert.Equal(["ban user mallory vedette a 01:00:00"], Made());
    }

    [Fact]
    public async Task AnIPv6SiteIsBlockedAsAWhole()
    {
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical, "2001:db8:1:2:3:4:5:6"));
        Assert.Equal(["ban range 2001:db8:1:2::/64 vedette a 01:00:00"], Made());
    }

    [Fact]
    public async Task AnAddressThatSeveralPeopleShareIsLeftAlone()
    {
        _past.Events = [Event(-60, user: "ann"), Event(-50, user: "bob")];
        AutomaticDecisions automatic = await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Empty(Made());
        Assert.Equal("shared_address", automatic.Outcomes.Single().Key);
    }

    [Fact]
    public async Task AccountsThatWereEnteredDuringTheIncidentMakeNoSharedAddress()
    {
        _past.Events = [Event(10, user: "ann"), Event(20, user: "bob")];
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Single(Made());
    }

    [Theory]
    [InlineData(IncidentType.DataScraping, 0)]
    [InlineData(IncidentType.SqlInjection, 1)]
    public async Task ACrawlersNameExcusesLoadButNoAttack(IncidentType type, int decided)
    {
        _past.Events = [Event(5, agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")];
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical) with { Type = type });
        Assert.Equal(decided, Made().Count);
    }

    [Fact]
    public async Task NoMoreThanASmallPartOfTheOrdinaryTrafficIsBlocked()
    {
        _past.Requests["203.0.113.9"] = 30;
        _past.Requests["203.0.113.10"] = 30;
        AutomaticDecisions automatic = await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical), TestIncidents.Of("b", RiskLevel.Critical, "203.0.113.10"), TestIncidents.Of("c", RiskLevel.Critical, "203.0.113.11"));
        Assert.Equal(["ban ip 203.0.113.9 vedette a 01:00:00", "ban ip 203.0.113.11 vedette c 01:00:00"], Made());
        Assert.Contains(automatic.Outcomes, static outcome => outcome.Key == "traffic_share");
    }

    [Fact]
    public async Task NoMoreThanSoManyDecisionsAreInForce()
    {
        await DecideAsync(new EnforcementOptions { MaxActive = 3 }, [.. Enumerable.Range(1, 9).Select(static i => TestIncidents.Of($"i{i}", RiskLevel.Critical, $"203.0.113.{i}"))]);
        Assert.Equal(3, Made().Count);
    }

    [Fact]
    public async Task WhoComesAgainIsBlockedLongerUpToTheLongest()
    {
        AutomaticDecisions automatic = New(new VedetteSettings { Enforcement = new EnforcementOptions { Mode = EnforcementMode.On, MaxDuration = TimeSpan.FromHours(10) } });
        for (int round = 0; round < 4; round++)
        {
            DateTimeOffset now = _time.GetUtcNow();
            automatic.Offer([TestIncidents.Of($"round{round}", RiskLevel.Critical) with { FirstSeen = now, LastSeen = now }]);
            await automatic.StepAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromHours(11));
        }
        Assert.Equal([1, 4, 10, 10], _decisions.All.OrderBy(static decision => decision.CreatedAt).Select(static decision => (decision.ExpiresAt - decision.CreatedAt).TotalHours));
    }

    [Fact]
    public async Task AThrottleBecomesABanWhenTheIncidentWorsens()
    {
        AutomaticDecisions automatic = await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.High));
        automatic.Offer([TestIncidents.Of("a", RiskLevel.Critical)]);
        await automatic.StepAsync(CancellationToken.None);
        automatic.Offer([TestIncidents.Of("a", RiskLevel.Critical)]);
        await automatic.StepAsync(CancellationToken.None);
        Assert.Equal("ban", Assert.Single(_decisions.Active).Type);
    }

    [Fact]
    public async Task WhatAPersonHasDecidedStands()
    {
        DateTimeOffset now = _time.GetUtcNow();
        await _decisions.SaveAsync(new DecisionRecord("m", "ip", "203.0.113.9", "captcha", "", "manual", now, now.AddHours(1), null, null), CancellationToken.None);
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Equal("m", Assert.Single(_decisions.Active).Id);
    }

    [Fact]
    public async Task FalsePositivesAreLiftedAndNotDecidedAgain()
    {
        AutomaticDecisions automatic = await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical), TestIncidents.Of("b", RiskLevel.Critical, "203.0.113.10"));
        _verdicts.Set(new FeedbackRecord("a", "false_positive", null, "k", TestEvents.Noon));
        Assert.Equal(1, await automatic.LiftAsync("a", CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(6));
        automatic.Offer([TestIncidents.Of("a", RiskLevel.Critical)]);
        await automatic.StepAsync(CancellationToken.None);
        Assert.Equal("203.0.113.10", Assert.Single(_decisions.Active).Value);
    }

    [Fact]
    public async Task UnsureAndPastIncidentsDecideNothing()
    {
        await DecideAsync(new EnforcementOptions(), TestIncidents.Of("a", RiskLevel.Critical, confidence: 0.8), TestIncidents.Of("b", RiskLevel.Critical) with { LastSeen = TestEvents.Noon.AddMinutes(-9) });
        Assert.Empty(Made());
    }

    private async Task<AutomaticDecisions> DecideAsync(EnforcementOptions options, params Incident[] incidents)
    {
        AutomaticDecisions automatic = New(new VedetteSettings
        {
            Engine = new EngineOptions { Allow = ["198.51.100.0/24"], Proxies = new() { TrustedNetworks = ["192.0.2.77"] } },
            Enforcement = options.Mode == EnforcementMode.Off ? options with { Mode = EnforcementMode.On } : options,
        });
        automatic.Offer(incidents);
        await automatic.StepAsync(CancellationToken.None);
        return automatic;
    }

    private AutomaticDecisions New(VedetteSettings settings) =>
        new(new SettingsState(settings, _store.Control), _decisions, _past, _verdicts, new AuditLog(_store.Control, _time, NullLogger<AuditLog>.Instance), _time, NullLogger<AutomaticDecisions>.Instance);

    private IReadOnlyList<string> Made() => [.. _decisions.Active.OrderBy(static decision => decision.Incident, StringComparer.Ordinal)
        .Select(static decision => $"{decision.Type} {decision.Scope} {decision.Value} {decision.Origin} {decision.Incident} {decision.ExpiresAt - decision.CreatedAt}")];

    private async Task<IReadOnlyList<string>> AuditAsync() => [.. (await _store.Control.AuditAsync(new PageRequest(100), CancellationToken.None)).Items.Select(static entry => entry.Action).Order(StringComparer.Ordinal)];

    private static StoredEvent Event(int seconds, string? user = null, string? agent = null) =>
        new() { Id = $"e{seconds}", Timestamp = TestEvents.Noon.AddSeconds(seconds), ClientIp = "203.0.113.9", User = user, UserAgent = agent };
}
