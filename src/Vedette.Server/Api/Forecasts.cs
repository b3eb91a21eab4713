using Vedette.Engine;
using Vedette.Engine.Forecasting;

namespace Vedette.Server.Api;

/// <summary>The engine's forecasts by route. Thread-safe: what the engine publishes is immutable.</summary>
internal sealed class Forecasts(DetectionEngine engine)
{
    public RouteForecast? Find(string endpoint, string? method)
    {
        RouteForecast? worst = null;
        foreach (RouteForecast forecast in engine.Forecasts)
        {
            if (forecast.Endpoint != endpoint || method is not null && forecast.Method != method) continue;
            if (worst is null || forecast.Probabilities[^1] > worst.Probabilities[^1]) worst = forecast;
        }
        return worst;
    }

    /// <summary>The row with what is expected of its route.</summary>
    public T Complete<T>(T row) where T : EndpointRow =>
        Find(row.Endpoint, row.Method) is { } forecast ? row with { Failing = forecast.IsFailing, FailureProbability = Math.Round(forecast.Probabilities[^1], 4) } : row;
}
