using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class SeasonTests
{
    private const int BinMinutes = 5;
    private const int Day = 1440;

    [Fact]
    public void AChangeThatCameTwiceAtItsTimeIsUsual()
    {
        Season season = Filled(days: 4, (day, minute) => day is 1 or 3 && minute is >= 180 and < 210 ? 8 : 5);
        Assert.Equal(3, Rise(season, day: 4, minute: 190), 0.01);
        Assert.Equal(0, Rise(season, day: 4, minute: 600), 0.01);
    }

    [Fact]
    public void OneOutageTeachesNothing()
    {
        Season season = Filled(days: 6, static (day, minute) => day == 2 && minute is >= 720 and < 740 ? 0 : 6);
        Assert.Equal(0, Fall(season, day: 6, minute: 730), 0.01);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, -6)]
    public void AFallIsUsualOnceItCameThreeTimesInAWeek(int times, double expected)
    {
        Season season = Filled(days: 7, (day, minute) => day > 6 - 2 * times && day % 2 == 0 && minute is >= 720 and < 740 ? 0 : 6);
        Assert.Equal(expected, Fall(season, day: 7, minute: 730), 0.01);
    }

    [Theory]
    [InlineData(-60, -4)]
    [InlineData(60, -4)]
    [InlineData(180, 0)]
    public void AnHourIsTheDifferenceOfSummerTime(int shift, double expected)
    {
        Season season = Filled(days: 5, static (_, minute) => minute is >= 1200 and < 1230 ? 2 : 6);
        Assert.Equal(expected, Fall(season, day: 5, minute: 1210 + shift), 0.01);
    }

    [Fact]
    public void TheWeekdayIsToldApartOnceItWasThereTwice()
    {
        Season season = Filled(days: 21, static (day, minute) => day % 7 == 6 && minute is >= 180 and < 240 ? 9 : 5);
        Assert.Equal(4, Rise(season, day: 27, minute: 200, through: 27 * Day), 0.01);
        Assert.Equal(0, Rise(season, day: 23, minute: 200, through: 23 * Day), 0.01);
    }

    [Fact]
    public void GrowthAndQuietDaysAreNoChange()
    {
        Season season = Filled(days: 9, static (day, minute) => 5 + 0.3 * day + (minute is >= 60 and < 90 ? 2 : 0));
        long bin = BinAt(season, 9, 75);
        Assert.Equal(2, season.Usual(bin, BinAt(season, 9, 60), 1).Change, 0.01);
        Assert.Equal(2, season.UsualRange(bin, BinAt(season, 9, 60), 1).Rise, 0.01);
    }

    [Fact]
    public void NothingIsUsualBeforeDaysAreKnown()
    {
        Season season = Filled(days: 2, static (_, minute) => minute < 60 ? 2 : 8);
        Assert.False(season.Usual(BinAt(season, 2, 30), BinAt(season, 2, 0), 1).IsKnown);
        Assert.Equal((0.0, 0.0), season.UsualRange(BinAt(season, 2, 30), BinAt(season, 2, 0), 1));
    }

    [Fact]
    public void WhatIsOlderThanFourWeeksIsForgotten()
    {
        Season season = Filled(days: 3, static (_, minute) => minute is >= 180 and < 210 ? 8 : 5);
        season.Add(Time(40, 0), 5);
        Assert.False(season.KnowsTheWeek);
        Assert.Equal((0.0, 0.0), season.UsualRange(BinAt(season, 40, 190), BinAt(season, 40, 180), 1));
    }

    [Fact]
    public void TimesBefore1970HaveTheirPlaceToo()
    {
        var season = new Season(BinMinutes);
        for (int minute = 1; minute <= 5 * Day; minute++) season.Add((minute - 10L * Day) * 60_000_000, minute % Day is > 180 and <= 210 ? 8 : 5);
        long bin = season.BinOf((-5L * Day + 190) * 60_000_000);
        Assert.Equal(3, season.UsualRange(bin, bin - 2, 1).Rise, 0.01);
    }

    [Theory]
    [InlineData(0, "Monday")]
    [InlineData(6, "Sunday")]
    public void DaysHaveTheirNames(int day, string name) => Assert.Equal(name, Season.WeekdayOf(Time(day, 0) + 60_000_000));

    private static double Rise(Season season, int day, int minute, int through = 0) => Range(season, day, minute, through).Rise;

    private static double Fall(Season season, int day, int minute) => Range(season, day, minute, 0).Fall;

    /// <summary>The range at a minute of a day, against the hour before its event began; quiet minutes are added until then where asked for.</summary>
    private static (double Fall, double Rise) Range(Season season, int day, int minute, int through)
    {
        for (int m = 21 * Day; m < through; m++) season.Add(Time(0, m + 1), m / Day % 7 == 6 && m % Day is >= 180 and < 240 ? 9 : 5);
        return season.UsualRange(BinAt(season, day, minute), BinAt(season, day, minute) - 2, 1);
    }

    private static Season Filled(int days, Func<int, int, double> value)
    {
        var season = new Season(BinMinutes);
        for (int minute = 0; minute < days * Day; minute++) season.Add(Time(0, minute + 1), value(minute / Day, minute % Day));
        return season;
    }

    private static long BinAt(Season season, int day, int minute) => season.BinOf(Time(day, minute + 1));

    /// <summary>Monday, 2026-01-05, and later.</summary>
    private static long Time(int day, int minute) => 1_767_571_200_000_000 + ((long)day * Day + minute) * 60_000_000;
}
