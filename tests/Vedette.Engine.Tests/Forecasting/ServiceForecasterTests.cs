using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class ServiceForecasterTests
{
    private const int Routes = 3;
    private const double Requests = 100;

    /// <summary>Four times the visitors, and everything four times as slow, within ten minutes: that is a crowd.</summary>
    [Fact]
    public void ACrowdIsNoBuildUp()
    {
        (ServiceForecaster service, long time) = Calm();
        for (int i = 0; i < 60; i++)
        {
            double load = 1 + 3 * Math.Clamp(Math.Min(i, 50 - i) / 10.0, 0, 1);
            Observe(service, time += Signs.Minute, Requests * load, 40 * load);
            Assert.DoesNotContain(service.News, static n => n.Event == ForecastEvent.Raised);
        }
    }

    /// <summary>The same slowness without a crowd is one, on each route and in the whole.</summary>
    [Fact]
    public void WhatSlowsAllRoutesIsForetoldOfTheServiceToo()
    {
        (ServiceForecaster service, long time) = Calm();
        var raised = new HashSet<int>();
        for (int i = 0; i < 40; i++)
        {
            Observe(service, time += Signs.Minute, Requests, 40 * Math.Pow(2, i / 6.0));
            raised.UnionWith(service.News.Where(static n => n.Event == ForecastEvent.Raised).Select(static n => n.Route));
        }
        Assert.Equal([0, 1, 2, 3], raised.Order());
        Assert.True(service.Of(ServiceForecaster.Service).LeadMinutes >= 5);
    }

    /// <summary>A night of slow reports changes the mix, not the routes.</summary>
    [Fact]
    public void AnotherMixIsNoSlowdown()
    {
        (ServiceForecaster service, long time) = Calm();
        for (int i = 0; i < 40; i++)
        {
            double share = Math.Min(1, i / 20.0);
            Observe(service, time += Signs.Minute, route => route == Routes ? Requests * (1 + share) : Requests * (1 - 0.45 * share), route => route == Routes ? 300 : 40);
            Assert.DoesNotContain(service.News, static n => n.Event == ForecastEvent.Raised);
        }
    }

    /// <summary>Four routes of two requests a minute wait for the same database, among ten that do not. One of them alone is noise.</summary>
    [Theory]
    [InlineData(4, true)]
    [InlineData(1, false)]
    public void QuietRoutesThatBecomeSlowerTogetherAreForetold(int slower, bool isForetold)
    {
        var service = new ServiceForecaster(FailureModel.LoadEmbedded(), new ForecastOptions());
        var random = new Random(5);
        long time = 1_000_000 * Signs.Minute;
        bool isEarly = false;
        for (int i = 0; i < 340; i++)
        {
            double doublings = Math.Max(0, i - 300) / 16.0;
            RouteSigns[] routes = [.. Enumerable.Range(1, 14).Select(route => new RouteSigns(route, Noisy(route <= 4 ? 2 : 30, 100 * Math.Pow(2, route <= slower ? doublings : 0), random)))];
            double all = routes.Sum(static r => r.Signs.Requests), duration = routes.Sum(static r => r.Signs.DurationMicros);
            service.Observe(time += Signs.Minute, routes, Signs.Of(all, millis: duration / all / 1000));
            bool raised = service.News.Exists(static n => n.Event == ForecastEvent.Raised);
            if (i < 300) Assert.False(raised);
            isEarly |= raised;
        }
        Assert.Equal(isForetold, isEarly);
    }

    /// <summary>A minute of requests whose times spread as those of real services do.</summary>
    private static MinuteSigns Noisy(int requests, double millis, Random random)
    {
        double sum = 0, logs = 0;
        for (int i = 0; i < requests; i++)
        {
            double gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double micros = 1000 * millis * Math.Exp(0.6 * gauss - 0.18);
            sum += micros;
            logs += Math.Log2(micros);
        }
        return Signs.Of(requests) with { DurationMicros = sum, LogMean = Math.Log2(sum / requests), LogTypical = logs / requests };
    }

    private static (ServiceForecaster Service, long Time) Calm()
    {
        var service = new ServiceForecaster(FailureModel.LoadEmbedded(), new ForecastOptions());
        long time = 1_000_000 * Signs.Minute;
        for (int i = 0; i < 120; i++) Observe(service, time += Signs.Minute, _ => Requests + i % 5, route => (route == Routes ? 300 : 40) * (1 + 0.03 * (i % 3)));
        return (service, time);
    }

    private static void Observe(ServiceForecaster service, long time, double requests, double millis) => Observe(service, time, _ => requests, route => route == Routes ? 7.5 * millis : millis);

    private static void Observe(ServiceForecaster service, long time, Func<int, double> requests, Func<int, double> millis)
    {
        RouteSigns[] routes = [.. Enumerable.Range(1, Routes).Select(route => new RouteSigns(route, Signs.Of(requests(route), millis: millis(route))))];
        double all = routes.Sum(static r => r.Signs.Requests), duration = routes.Sum(static r => r.Signs.DurationMicros);
        service.Observe(time, routes, Signs.Of(all, millis: duration / all / 1000));
    }
}
