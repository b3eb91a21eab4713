using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class RouteForecasterTests
{
    private const long Minute = Signs.Minute;

    [Fact]
    public void ASlowBuildUpIsForetoldBeforeItFails()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        long raised = 0, failed = 0;
        for (int i = 0; i < 40 && failed == 0; i++)
        {
            ForecastEvent happened = forecaster.Take(Signs.Of(60, millis: 50 * Math.Pow(2, i / 6.0)), time += Minute);
            if (happened == ForecastEvent.Raised) raised = time;
            if (happened == ForecastEvent.Fulfilled) failed = time;
        }
        Assert.True(raised > 0 && failed > raised);
        Assert.True(forecaster.LeadMinutes >= 5);
        Assert.Equal(forecaster.LeadMinutes, forecaster.MedianLeadMinutes()!.Value, 1e-6);
        Assert.True(forecaster.IsFailing);
        Assert.Equal(1, forecaster.Probabilities[0]);
    }

    [Theory]
    [InlineData(4, 1200, 0, true)]
    [InlineData(1, 1200, 0, false)]
    [InlineData(4, 1200, 0.6, false)]
    [InlineData(1.6, 6400, 0, false)]
    public void AFailureIsTheCrowdsWhereItIsSlownessThatTheCrowdExplains(double crowd, double millis, double errorShare, bool isExplained)
    {
        var load = new ServiceLoad();
        (RouteForecaster forecaster, long time) = Signs.Calm(millis: 300, load: load);
        for (int i = 0; i < 12 && !forecaster.IsFailing; i++)
        {
            double requests = 60 * crowd;
            load.Observe(requests, time + Minute);
            forecaster.Take(Signs.Of(requests, errors: Math.Round(errorShare * requests), millis: millis), time += Minute);
        }
        Assert.True(forecaster.IsFailing);
        Assert.Equal(isExplained, forecaster.UnexplainedDoublings == 0);
    }

    /// <summary>Half an hour of calm is enough, and each way to grow shows in time: evenly, by a factor, or as a queue that fills.</summary>
    [Theory]
    [InlineData(30, 60, "linear")]
    [InlineData(30, 15, "ratio")]
    [InlineData(25, 400, "queue")]
    public void AShortHistoryIsEnough(int history, double requests, string growth)
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests, minutes: history);
        for (int i = 0; i < 60 && !forecaster.IsFailing; i++)
        {
            double x = (i + 1) / 30.0;
            double times = growth switch { "linear" => 1 + 19 * x, "ratio" => Math.Pow(20, x), _ => 1 / Math.Max(0.01, 1 - 0.95 * x) };
            forecaster.Take(Signs.Of(requests, millis: 50 * times), time += Minute);
        }
        Assert.Equal(1, forecaster.FulfilledAlarms);
        Assert.True(forecaster.LeadMinutes >= 5, $"{forecaster.LeadMinutes}");
    }

    /// <summary>One request in twenty that waits half a minute makes the mean useless as a trend; what is typical still tells.</summary>
    [Fact]
    public void ARiseShowsThroughTimeouts()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests: 20);
        bool raised = false;
        for (int i = 0; i < 30 && !forecaster.IsFailing; i++)
        {
            double millis = 50 * Math.Pow(2, i / 7.0);
            bool waits = i % 6 == 3;
            double mean = waits ? (19 * millis + 30_000) / 20 : millis, typical = waits ? (19 * Math.Log2(millis * 1000) + Math.Log2(30e6)) / 20 : Math.Log2(millis * 1000);
            MinuteSigns minute = Signs.Of(20, errors: waits ? 1 : 0, millis: mean) with { LogTypical = typical };
            raised |= forecaster.Take(minute, time += Minute) == ForecastEvent.Raised;
        }
        Assert.True(raised);
    }

    [Fact]
    public void ErrorsThatCreepUpAreForetold()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests: 200);
        bool raised = false;
        for (int i = 0; i < 30 && !forecaster.IsFailing; i++) raised |= forecaster.Take(Signs.Of(200, errors: Math.Round(200 * 0.3 * i * i / 900)), time += Minute) == ForecastEvent.Raised;
        Assert.True(raised);
    }

    [Theory]
    [InlineData(60, 0.5, 4)]
    [InlineData(600, 0.35, 3)]
    [InlineData(20, 0.9, 1)]
    public void ABlipOfADeployRaisesNothing(double requests, double errorShare, double slowdown)
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests);
        forecaster.Take(Signs.Of(requests, errors: Math.Round(requests * errorShare), millis: 50 * slowdown), time += Minute);
        for (int i = 0; i < 60; i++) Assert.Equal(ForecastEvent.None, forecaster.Take(Signs.Of(requests), time += Minute));
    }

    [Theory]
    [InlineData(60, 3, 0)]
    [InlineData(60, 8, 0)]
    [InlineData(300, 12, 0)]
    [InlineData(300, 1, 0.1)]
    [InlineData(300, 1, 0.2)]
    [InlineData(300, 4, 0.15)]
    public void AStepThatStaysIsNoBuildUp(double requests, double slowdown, double errorShare)
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests);
        for (int i = 0; i < 120; i++)
        {
            double rough = 1 + 0.08 * (i * 7 % 5 - 2);
            MinuteSigns minute = Signs.Of(requests, errors: Math.Round(requests * errorShare * rough), millis: 50 * slowdown * rough);
            Assert.NotEqual(ForecastEvent.Raised, forecaster.Take(minute, time += Minute));
        }
    }

    /// <summary>What begins in the middle of a minute shows half of itself first.</summary>
    [Theory]
    [InlineData(300, 4, 0)]
    [InlineData(300, 1, 0.15)]
    [InlineData(40, 5, 0.1)]
    public void AStepWithinAMinuteIsNoBuildUp(double requests, double slowdown, double errorShare)
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(requests);
        for (int i = 0; i < 40; i++)
        {
            double part = i == 0 ? 0.4 : 1 + 0.05 * (i * 7 % 5 - 2);
            MinuteSigns minute = Signs.Of(requests, errors: Math.Round(requests * errorShare * part), millis: 50 * (1 + (slowdown - 1) * part));
            Assert.NotEqual(ForecastEvent.Raised, forecaster.Take(minute, time += Minute));
        }
    }

    /// <summary>A route that fails every other hour is not said to be safe in between: no forecast knows less than the guess it is held against.</summary>
    [Fact]
    public void TheProbabilityIsNotBelowTheGuess()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        for (int round = 0; round < 10; round++)
            for (int i = 0; i < 120; i++) forecaster.Take(Signs.Of(60, errors: i < 10 ? 40 : 0), time += Minute);
        Assert.False(forecaster.IsFailing);
        for (int h = 0; h < FailureModel.Horizons.Length; h++) Assert.True(forecaster.Probabilities[h] >= forecaster.Record.Guess(false, h));
        Assert.InRange(forecaster.Record.Guess(false, 2), 0.05, 0.3);
    }

    /// <summary>It was learnt for twenty minutes at night once, and never again.</summary>
    [Fact]
    public void WhatIsNormalIsLearntAllDay()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(minutes: 60);
        for (int i = 0; i < 900; i++) forecaster.Take(Signs.Of(90, millis: 60 + 3 * (i % 3)), time += Minute);
        Assert.InRange(forecaster.Trend.NormalMeanMicros, 58_000, 66_000);
        Assert.InRange(forecaster.Trend.NormalRequests, 80, 95);
    }

    /// <summary>High and steady is what many routes are for hours; how often they failed so far is all that is known of them.</summary>
    [Fact]
    public void WhereNothingBuildsUpTheGuessIsSaid()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm(300);
        for (int i = 0; i < 40; i++)
        {
            forecaster.Take(Signs.Of(300, errors: 60 + i * 7 % 5, millis: 50), time += Minute);
            if (i >= 5) Assert.Equal(forecaster.Record.Guess(false, 2), forecaster.Probabilities[^1], 1e-3);
        }
    }

    [Fact]
    public void NothingIsSaidOfARouteWithTooFewRequests()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        for (int i = 0; i < 40; i++)
        {
            forecaster.Take(Signs.Of(1, millis: 50 * Math.Pow(2, i / 5.0)), time += Minute);
            if (i >= 5) Assert.Equal(0, forecaster.Probabilities[^1]);
        }
    }

    [Fact]
    public void ProbabilitiesNeverFallWithTheHorizon()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        for (int i = 0; i < 30; i++)
        {
            forecaster.Take(Signs.Of(60, millis: 50 * Math.Pow(2, i / 6.0)), time += Minute);
            ReadOnlySpan<double> p = forecaster.Probabilities;
            Assert.True(p[0] <= p[1] && p[1] <= p[2] && p[0] >= 0 && p[2] <= 1);
        }
    }

    /// <summary>It climbs to just below its limit, and goes back, every two hours: whoever takes that for a build-up is worse than a guess that nothing ever happens.</summary>
    [Fact]
    public void ARouteThatKeepsCryingWolfFallsSilentAndSaysSoUntilItIsBetter()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        int raised = 0, lateRaised = 0;
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 120; i++)
            {
                double doublings = i < 24 ? i / 6.4 : 0;
                if (forecaster.Take(Signs.Of(60, millis: 50 * Math.Pow(2, doublings)), time += Minute) != ForecastEvent.Raised) continue;
                raised++;
                if (round >= 15) lateRaised++;
            }
        }
        Assert.True(raised > 0);
        Assert.True(forecaster.FalseAlarmsPerDay > 0);
        Assert.True(forecaster.IsSilent);
        Assert.Equal(0, lateRaised);
        Assert.True(forecaster.Record.Brier > forecaster.Record.NaiveBrier);
        Assert.Contains("worse than a guess", ForecastPhrases.Silence(forecaster.Record), StringComparison.Ordinal);

        // Days without a wrong word, and it speaks again.
        for (int i = 0; i < 4 * 1440; i++) forecaster.Take(Signs.Of(60 + i % 5, millis: 50 * (1 + 0.05 * (i % 3))), time += Minute);
        Assert.False(forecaster.IsSilent);
    }

    [Fact]
    public void AMinuteAllocatesNothing()
    {
        (RouteForecaster forecaster, long time) = Signs.Calm();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++) forecaster.Take(Signs.Of(60), time += Minute);
        }));
    }
}
