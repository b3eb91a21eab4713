using Vedette.Engine.Behavior;
using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class MinuteSignsTests
{
    [Fact]
    public void WhatIsTypicalIsHardlyMovedByOneLongWait()
    {
        var minute = new RouteMinute { Requests = 20 };
        for (int i = 0; i < 19; i++) minute.AddDuration(50_000);
        minute.AddDuration(30_000_000);
        MinuteSigns signs = MinuteSigns.Of(minute);
        Assert.Equal(Math.Log2((19 * 50_000 + 30_000_000) / 20.0), signs.LogMean, 1e-9);
        Assert.Equal((19 * Math.Log2(50_000) + Math.Log2(30_000_000)) / 20, signs.LogTypical, 1e-3);
        Assert.True(signs.LogMean - Math.Log2(50_000) > 4 && signs.LogTypical - Math.Log2(50_000) < 0.5);
    }

    [Fact]
    public void MergedMinutesAreThoseOfOneShard()
    {
        RouteMinute whole = new(), first = new(), second = new();
        for (int i = 1; i <= 100; i++)
        {
            long micros = 1000L * i * i;
            whole.AddDuration(micros);
            (i % 3 == 0 ? first : second).AddDuration(micros);
        }
        second.Add(first);
        Assert.Equal(MinuteSigns.Of(whole).LogTypical, MinuteSigns.Of(second).LogTypical);
        Assert.Equal(MinuteSigns.Of(whole).LogMean, MinuteSigns.Of(second).LogMean);
        second.Clear();
        Assert.Equal(0, MinuteSigns.Of(second).LogTypical);
    }
}
