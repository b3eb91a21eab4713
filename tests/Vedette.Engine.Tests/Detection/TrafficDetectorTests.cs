using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Tests.Detection;

public sealed class TrafficDetectorTests
{
    private const int Day = 1440;

    /// <summary>Monday, 2026-01-05, in minutes since 1970.</summary>
    private const long Monday = 1_767_571_200 / 60;

    private readonly TrafficDetector _detector = new();
    private readonly Baselines _baselines = new(RouteTables.With("/status"));
    private readonly Random _random = new(1);
    private readonly List<(int Minute, Finding Finding)> _found = [];

    [Fact]
    public void ANightlyBatchIsKnownAfterTwoNights()
    {
        Run(0, 8 * Day, static minute => minute % Day is >= 187 and < 230 ? 400 : 60);
        Assert.Equal([0, 1, 2], _found.Select(static f => f.Minute / Day).Distinct());
        Assert.All(_found, static f => Assert.Equal(IncidentType.TrafficSpike, f.Finding.Type));
    }

    [Fact]
    public void AServiceThatIsSwitchedOffAtNightIsKnownAfterTwoNights()
    {
        Run(0, 8 * Day, static minute => minute % Day is >= 1324 or < 355 ? 0 : 80);
        Assert.DoesNotContain(_found, static f => f.Minute >= 3 * Day);
        Assert.Contains(_found, static f => f.Finding.Type == IncidentType.TrafficDrop && f.Minute < Day);
    }

    [Theory]
    [InlineData(720, 40)]
    [InlineData(60, 400)]
    public void WhatIsUsualAtAnotherTimeIsNotNow(int minute, double rate)
    {
        int begin = 9 * Day + minute;
        Run(0, begin, Course);
        Assert.Empty(_found);
        Run(begin, begin + 10, _ => rate);
        (int at, Finding first) = _found[0];
        Assert.Equal(rate < 100 ? IncidentType.TrafficDrop : IncidentType.TrafficSpike, first.Type);
        Assert.InRange(at - begin, 2, 5);
        Assert.Contains("at this time of a Wednesday", first.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1, false)]
    public void AnOrdinaryDayShowsThatHalfIsLostIfItIsLostByMany(double callersLeft, bool isFound)
    {
        Run(0, 8 * Day + 600, static _ => 200);
        Run(8 * Day + 600, 8 * Day + 620, static _ => 100, callers: (int)(100 * callersLeft));
        Assert.Equal(isFound, _found.Count > 0);
    }

    [Theory]
    [InlineData(290, 280, 40, 1)]
    [InlineData(290, 0, 40, 0)]
    [InlineData(20, 280, 40, 0)]
    [InlineData(290, 280, 2, 0)]
    public void AClientGoneWrongIsManyKnownCallersThatRepeatThemselves(int returns, int ofKnown, int callers, int route)
    {
        var repeated = new RepeatedRequests();
        for (int minute = 0; minute < 60; minute++) repeated.Learn(TickOf(minute, 100, 50, [new(1, new RouteMinute { Requests = 20, Returns = 5, KnownRequests = 10, Callers = 10 })]));
        var asked = new RouteMinute { Requests = 20 + 300, Returns = 5 + returns, KnownRequests = 10 + ofKnown, Callers = callers };
        Assert.Equal(route, repeated.Find(TickOf(60, 400, 90, [new(1, asked)])));
    }

    [Theory]
    [InlineData(1.7, 0)]
    [InlineData(2.4, 0.35)]
    public void LessThanTwiceTheTrafficIsNoClientGoneWrong(double times, double impact)
    {
        Run(0, 8 * Day + 600, static _ => 200);
        for (int minute = 8 * Day + 600; minute < 8 * Day + 606; minute++)
        {
            int requests = (int)(200 * times);
            Tick(minute, requests, 100, [new(1, new RouteMinute { Requests = requests, Returns = requests, KnownRequests = requests, Callers = 100 })]);
        }
        Assert.Equal(IncidentType.TrafficSpike, _found[0].Finding.Type);
        Assert.All(_found, f => Assert.Equal(impact, f.Finding.Impact));
    }

    private static double Course(int minute) => 40 * Math.Pow(10, (1 - Math.Cos(minute % Day * 2 * Math.PI / Day)) / 2);

    private void Run(int from, int to, Func<int, double> rate, int? callers = null)
    {
        for (int minute = from; minute < to; minute++)
        {
            double mean = rate(minute);
            int requests = (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));
            Tick(minute, requests, callers ?? requests / 2);
        }
    }

    private void Tick(int minute, int requests, int callers, IReadOnlyList<KeyValuePair<int, RouteMinute>>? routes = null)
    {
        var found = new List<Finding>();
        _detector.Observe(TickOf(minute, requests, callers, routes ?? []), found);
        _found.AddRange(found.Select(f => (minute, f)));
    }

    private ServiceTick TickOf(int minute, int requests, int callers, IReadOnlyList<KeyValuePair<int, RouteMinute>> routes) => new()
    {
        Time = (Monday + minute + 1) * 60_000_000,
        Sequence = minute,
        Baselines = _baselines,
        Routes = routes,
        Service = new RouteMinute { Requests = requests, Callers = callers },
        Convictions = [],
        Callers = [],
    };

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
