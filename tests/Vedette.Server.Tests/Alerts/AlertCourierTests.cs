using Microsoft.Extensions.Logging.Abstractions;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;
using Vedette.Server.Alerts;

namespace Vedette.Server.Tests.Alerts;

public sealed class AlertCourierTests
{
    private readonly ManualTime _time = new();
    private readonly AlertCounters _counters = new();
    private readonly RecordingSink _sink = new();
    private readonly AlertCourier _courier;

    public AlertCourierTests() =>
        _courier = new AlertCourier(new AlertRoute("webhook", _sink, RiskLevel.High), new AlertOptions { PerMinute = 3, DashboardUrl = "https://vedette.example/" }, _counters, _time, NullLogger.Instance);

    [Fact]
    public async Task AnIncidentIsToldOnceAndAgainWhenItsLevelRises()
    {
        await OfferAsync(TestIncidents.Of("a"));
        await OfferAsync(TestIncidents.Of("a"));
        await OfferAsync(TestIncidents.Of("a", RiskLevel.Critical));
        await OfferAsync(TestIncidents.Of("a"), TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Equal(["raised a High", "worsened a Critical"], _sink.Told);
    }

    [Fact]
    public async Task WhatIsBelowTheSinksLevelIsNotToldUntilItReachesIt()
    {
        await OfferAsync(TestIncidents.Of("a", RiskLevel.Medium));
        Assert.Empty(_sink.Told);
        await OfferAsync(TestIncidents.Of("a"));
        Assert.Equal(["raised a High"], _sink.Told);
    }

    [Fact]
    public async Task OfAnIncidentThatWaitsTheLatestStateIsTold()
    {
        _courier.Offer(TestIncidents.Of("a"));
        await OfferAsync(TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Equal(["raised a Critical"], _sink.Told);
    }

    [Fact]
    public async Task AnAvalancheBecomesADigestAndThenSingleMessagesAgain()
    {
        await OfferAsync([.. Enumerable.Range(0, 30).Select(static i => TestIncidents.Of($"i{i:00}", i == 29 ? RiskLevel.Critical : RiskLevel.High))]);
        Assert.Equal(["raised i00 High", "raised i01 High", "raised i02 High"], _sink.Told);
        _time.Advance(TimeSpan.FromMinutes(4));
        await _courier.StepAsync(CancellationToken.None);
        Assert.Equal(3, _sink.Alerts.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _courier.StepAsync(CancellationToken.None);
        Alert digest = _sink.Alerts[^1];
        Assert.Equal((AlertKind.Digest, 10, 17, "i29"), (digest.Kind, digest.Incidents.Count, digest.Omitted, digest.Incidents[0].Id));
        Assert.Contains("27 incidents", digest.Title, StringComparison.Ordinal);
        await OfferAsync(TestIncidents.Of("later"));
        Assert.Equal("raised later High", _sink.Told[^1]);
    }

    [Fact]
    public async Task AFailureIsTriedAgainLaterAndLater()
    {
        _sink.Failures = 3;
        await OfferAsync(TestIncidents.Of("a"), TestIncidents.Of("b"));
        var attempts = new List<int>();
        for (int second = 0; second <= 20; second++)
        {
            attempts.Add(_sink.Attempts);
            _time.Advance(TimeSpan.FromSeconds(1));
            await _courier.StepAsync(CancellationToken.None);
        }
        // After 2, 4 and 8 seconds; then both at once.
        Assert.Equal([1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 5], attempts.Take(15));
        Assert.Equal(["raised a High", "raised b High"], _sink.Told);
        Assert.Equal(3, Count("retried"));
        Assert.Equal(2, Count("delivered"));
    }

    [Fact]
    public async Task ASinkThatNeverWorksIsGivenUpAndTheNextOneIsTold()
    {
        _sink.Failures = 15;
        await OfferAsync(TestIncidents.Of("lost"), TestIncidents.Of("next"));
        for (int minute = 0; minute < 120; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await _courier.StepAsync(CancellationToken.None);
        }
        Assert.Equal(["raised next High"], _sink.Told);
        Assert.Equal((14, 1, 1), (Count("retried"), Count("failed"), Count("delivered")));
    }

    [Fact]
    public void WhatWaitsIsBoundedAndWhatIsDroppedCounted()
    {
        for (int i = 0; i < 1200; i++) _courier.Offer(TestIncidents.Of($"i{i}"));
        Assert.Equal(1000, _courier.Waiting);
        Assert.Equal(200, _counters.DroppedBySink.Single().Value.Value);
    }

    [Fact]
    public async Task WhatWasKnownBeforeARestartIsToldOnlyWhenItWorsens()
    {
        _courier.Know(TestIncidents.Of("a"));
        await OfferAsync(TestIncidents.Of("a"));
        Assert.Empty(_sink.Told);
        await OfferAsync(TestIncidents.Of("a", RiskLevel.Critical));
        Assert.Equal(["worsened a Critical"], _sink.Told);
    }

    [Fact]
    public async Task BeforeTheEndEverythingThatWaitsIsToldTogether()
    {
        _sink.Failures = 1;
        await OfferAsync(TestIncidents.Of("a"), TestIncidents.Of("b"), TestIncidents.Of("c"));
        await _courier.FinishAsync(CancellationToken.None);
        Assert.Equal(["raised a High", "digest b High"], _sink.Told);
        Assert.Equal(2, _sink.Alerts[^1].Incidents.Count);
    }

    [Fact]
    public void ATitleHoldsNoCharactersThatEndALineOrTurnText()
    {
        var alert = new Alert { Kind = AlertKind.Raised, Time = TestEvents.Noon, Incidents = [TestIncidents.Of("a", actor: "x\r\nBcc: all@example.com\u202E" + new string('y', 500))] };
        Assert.DoesNotContain(alert.Title, static c => c is '\r' or '\n' or '\u202E');
        Assert.Equal(140, alert.Title.Length);
    }

    private async Task OfferAsync(params Incident[] incidents)
    {
        foreach (Incident incident in incidents) _courier.Offer(incident);
        await _courier.StepAsync(CancellationToken.None);
    }

    private long Count(string result) => _counters.BySink.Where(entry => entry.Key == ("webhook", result)).Sum(static entry => entry.Value.Value);

    private sealed class RecordingSink : IAlertSink
    {
        public int Failures { get; set; }

        public int Attempts { get; private set; }

        public List<Alert> Alerts { get; } = [];

        public IReadOnlyList<string> Told => [.. Alerts.Select(static alert => $"{alert.KindName} {alert.Incidents[0].Id} {alert.Incidents[0].Level}")];

        public ValueTask DeliverAsync(Alert alert, CancellationToken cancellationToken)
        {
            Attempts++;
            if (Failures-- > 0) throw new HttpRequestException("It was answered 500.");
            Alerts.Add(alert);
            return ValueTask.CompletedTask;
        }
    }
}
