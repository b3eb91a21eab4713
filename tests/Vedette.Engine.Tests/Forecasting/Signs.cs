using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

/// <summary>Minutes of a route, and forecasters that are fed with them.</summary>
internal static class Signs
{
    public const long Minute = 60_000_000;

    public static MinuteSigns Of(double requests, double errors = 0, double millis = 50) => new()
    {
        Requests = requests, Errors = errors, Timeouts = 0, Retries = 0, Timed = requests, DurationMicros = requests * millis * 1000, TailDoublings = 1.5, LogMean = Math.Log2(millis * 1000), LogTypical = Math.Log2(millis * 1000),
    };

    /// <summary>Takes in a minute of a route that is alone, and forecasts.</summary>
    public static ForecastEvent Take(this RouteForecaster forecaster, in MinuteSigns minute, long time)
    {
        forecaster.Observe(minute, time);
        return forecaster.Forecast(minute, time, shared: null);
    }

    /// <summary>A forecaster that has seen some minutes of calm, with a little noise that repeats; and the time it has come to.</summary>
    public static (RouteForecaster Forecaster, long Time) Calm(double requests = 60, double millis = 50, ForecastOptions? options = null, ServiceLoad? load = null, int minutes = 120)
    {
        var forecaster = new RouteForecaster(FailureModel.LoadEmbedded(), options ?? new ForecastOptions(), load ?? new ServiceLoad());
        long time = 1_000_000 * Minute;
        for (int i = 0; i < minutes; i++)
        {
            load?.Observe(requests, time + Minute);
            forecaster.Take(Of(requests + i % 5, errors: i % 10 == 0 ? 1 : 0, millis: millis * (1 + 0.05 * (i % 3))), time += Minute);
        }
        return (forecaster, time);
    }
}
