using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Tests.Detection;

public sealed class ErrorDetectorTests
{
    private const int Day = 1440;

    /// <summary>Monday, 2026-01-05, in minutes since 1970.</summary>
    private const long Monday = 1_767_571_200 / 60;

    private readonly ErrorDetector _detector = new();
    private readonly Baselines _baselines = new(RouteTables.With("/reports"));
    private readonly Random _random = new(1);
    private readonly List<(int Minute, Finding Finding)> _found = [];

    [Theory]
    [InlineData(40)]
    [InlineData(0)]
    public void WhatFailsEveryNightIsToldThreeTimes(double byDay)
    {
        Run(0, 8 * Day, minute => IsNight(minute) ? 40 : byDay, static minute => IsNight(minute) ? 0.4 : 0.002);
        Assert.Equal([0, 1, 2], _found.Select(static f => f.Minute / Day).Distinct());
    }

    [Theory]
    [InlineData(720, 0.4)]
    [InlineData(200, 0.9)]
    public void AtAnotherTimeOrWorseItIsTold(int at, double share)
    {
        int begin = 6 * Day + at;
        Run(0, begin, static _ => 40, static minute => IsNight(minute) ? 0.3 : 0.002);
        _found.Clear();
        Run(begin, begin + 10, static _ => 40, _ => share);
        Assert.InRange(_found[0].Minute - begin, 1, 4);
    }

    [Fact]
    public void TwoOutagesAtOneTimeTeachNothing()
    {
        static bool IsOut(int minute) => minute / Day is 2 or 4 or 6 && minute % Day is >= 720 and < 740;
        Run(0, 7 * Day, static _ => 40, static minute => IsOut(minute) ? 0.5 : 0.002);
        Assert.Equal([2, 4, 6], _found.Select(static f => f.Minute / Day).Distinct());
    }

    private static bool IsNight(int minute) => minute % Day is >= 187 and < 215;

    private void Run(int from, int to, Func<int, double> requests, Func<int, double> share)
    {
        for (int number = from; number < to; number++)
        {
            var minute = new RouteMinute { Requests = (long)requests(number) };
            for (int i = 0; i < minute.Requests; i++)
                if (_random.NextDouble() < share(number)) minute.ServerErrors++;
            var found = new List<Finding>();
            _detector.Observe(TickOf(number, minute), found);
            _found.AddRange(found.Select(finding => (number, finding)));
        }
    }

    private ServiceTick TickOf(int number, RouteMinute minute) => new()
    {
        Time = (Monday + number + 1) * 60_000_000,
        Sequence = number,
        Baselines = _baselines,
        Routes = minute.Requests > 0 ? [new(1, minute)] : [],
        Service = minute,
        Convictions = [],
        Callers = [],
    };
}
