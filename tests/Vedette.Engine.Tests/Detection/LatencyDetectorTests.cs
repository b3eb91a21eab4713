using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Tests.Detection;

public sealed class LatencyDetectorTests
{
    private const double FastMillis = 2;
    private const double SlowMillis = 200;

    /// <summary>Monday, 2026-01-05, in minutes since 1970.</summary>
    private const long Monday = 1_767_571_200 / 60;

    private readonly LatencyDetector _detector = new();
    private readonly Baselines _baselines = new(RouteTables.With("/ingest"));
    private readonly Random _random = new(1);
    private readonly List<(int Minute, Finding Finding)> _found = [];

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    public void WhatIsLeftWhenPollsStopHasNotBecomeSlower(int polls)
    {
        Run(0, 300, fast: 60, slow: 30);
        Run(300, 420, fast: polls, slow: 30);
        Assert.Empty(_found);
    }

    [Fact]
    public void SlowRequestsThatComeBesidePollsMakeNothingSlower()
    {
        Run(0, 300, fast: 40, slow: 10, elsewhere: 500);
        Run(300, 420, fast: 40, slow: 80, elsewhere: 500);
        Assert.Empty(_found);
    }

    [Fact]
    public void PollsAndOthersThatAllTakeLongerAreSlower()
    {
        Run(0, 300, fast: 60, slow: 30);
        Run(300, 310, fast: 60, slow: 30, factor: 3);
        Assert.Equal(302, _found[0].Minute);
        Assert.Equal(IncidentType.LatencySpike, _found[0].Finding.Type);
    }

    [Fact]
    public void SlownessIsSeenThoughSomeCallersGoAway()
    {
        Run(0, 300, fast: 100, slow: 0);
        Run(300, 310, fast: 50, slow: 0, factor: 4);
        Assert.Equal(302, _found[0].Minute);
    }

    [Fact]
    public void AFewThatHappenToBeSlowAreNoSlowTail()
    {
        Run(0, 600, fast: 30, slow: 1.5);
        Run(600, 900, fast: 15, slow: 1.5);
        Assert.Empty(_found);
    }

    [Fact]
    public void OneInTenThatWaitsFarLongerIsASlowTail()
    {
        Run(0, 300, fast: 100, slow: 0);
        Run(300, 310, fast: 90, slow: 10);
        Assert.Contains("one in twenty", _found[0].Finding.Explanation, StringComparison.Ordinal);
    }

    /// <summary>A rise of less than half as many requests again is no crowd.</summary>
    [Theory]
    [InlineData(1.35, false)]
    [InlineData(2, true)]
    public void OnlyACrowdExcusesSlowness(double requests, bool isExcused)
    {
        Run(0, 300, fast: 200, slow: 0);
        Run(300, 310, fast: 200 * requests, slow: 0, factor: 4);
        Assert.Equal(isExcused ? 0 : 0.2, _found[0].Finding.Impact, 0.08);
        Assert.Equal(isExcused, _found[0].Finding.Explanation.Contains("times as many requests", StringComparison.Ordinal));
    }

    private void Run(int from, int to, double fast, double slow, double factor = 1, int elsewhere = 0)
    {
        for (int number = from; number < to; number++)
        {
            var minute = new RouteMinute { Callers = 20, TimedCallers = 20, SlowCallers = 10 };
            Add(minute, Count(fast), factor * FastMillis);
            Add(minute, Count(slow), factor * SlowMillis);
            minute.Requests = (long)minute.Durations.Total;
            var found = new List<Finding>();
            _detector.Observe(TickOf(number, minute, elsewhere), found);
            _found.AddRange(found.Select(finding => (number, finding)));
        }
    }

    private void Add(RouteMinute minute, int requests, double millis)
    {
        for (int i = 0; i < requests; i++) minute.AddDuration((long)(1000 * millis * Math.Exp(0.3 * Normal())));
    }

    private ServiceTick TickOf(int number, RouteMinute minute, int elsewhere) => new()
    {
        Time = (Monday + number + 1) * 60_000_000,
        Sequence = number,
        Baselines = _baselines,
        Routes = [new(1, minute)],
        Service = new RouteMinute { Requests = minute.Requests + elsewhere },
        Convictions = [],
        Callers = [],
    };

    private int Count(double mean) => (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
