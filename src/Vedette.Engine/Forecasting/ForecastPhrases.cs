using System.Globalization;
using Vedette.Engine.Detection;

namespace Vedette.Engine.Forecasting;

/// <summary>Forecasts in words, and the numbers behind them as drivers.</summary>
internal static class ForecastPhrases
{
    private const int MostDrivers = 4;

    /// <summary>What is coming, and when.</summary>
    public static string Outlook(string name, RouteForecaster forecaster)
    {
        string chance = $"A failure within {FailureModel.Horizons[^1]} minutes is {Phrase.Percent(forecaster.Probabilities[^1])} likely.";
        (double minutes, bool isErrors) = FailureOutlook.Crossing(forecaster);
        string state = State(forecaster);
        if (double.IsInfinity(minutes)) return $"{name} shows what precedes failures: {state}. {chance}";
        string about = Math.Max(1, Math.Round(minutes)).ToString("0", CultureInfo.InvariantCulture);
        string what = isErrors
            ? $"the share of server errors of {name} passes {Phrase.Percent(forecaster.Rule.ErrorLimit(forecaster.Trend.NormalErrorShare))}"
            : $"the mean response time of {name} passes {Phrase.Millis(forecaster.Rule.MeanLimitMicros(forecaster.Trend.NormalMeanMicros) / 1000)}";
        return $"At this pace {what} in about {about} minute{(about == "1" ? "" : "s")}: {state}. {chance}";
    }

    public static string Fulfilled(string name, double leadMinutes, bool isCrowds)
    {
        string when = leadMinutes >= 1 ? $"{Phrase.Span((long)(leadMinutes * 60e6))} after the alarm" : "as the alarm was raised";
        return $"It came true: {name} began to fail {when}." + (isCrowds ? " It is as slow as the crowd makes it that has come." : "");
    }

    public static string Expired() => "It did not come true: the signs have gone without a failure.";

    public static string Silence(ForecastRecord record) => string.Create(CultureInfo.InvariantCulture,
        $"Its forecasts of about the last day were worse than a guess by the base rate (Brier score {record.Brier:0.0000} against {record.NaiveBrier:0.0000}); it raises alarms again once they are better.");

    /// <summary>What weighs most in the forecast, as measured numbers against their baselines; contributions sum to at most 1.</summary>
    public static Driver[] Drivers(RouteForecaster forecaster, FailureModel model)
    {
        ReadOnlySpan<double> features = forecaster.Features;
        double Of(ReadOnlySpan<double> values, params ReadOnlySpan<ForecastFeature> parts)
        {
            double sum = 0;
            foreach (ForecastFeature part in parts) sum += Math.Max(0, model.Contribution(FailureModel.Horizons.Length - 1, part, values));
            return sum;
        }

        RouteTrend trend = forecaster.Trend;
        MinuteSigns latest = trend.Latest;
        double perMinute = latest.Requests / RecentMinutes.Block;
        var all = new List<Driver>
        {
            new("mean_response_ms", trend.MeanMicros / 1000, trend.NormalMeanMicros / 1000,
                Of(features, ForecastFeature.LatencyMargin, ForecastFeature.LatencyRise, ForecastFeature.LatencyGrowth, ForecastFeature.LatencySteadiness, ForecastFeature.LatencyCrossing)),
            new("server_error_share", trend.ErrorShare, trend.NormalErrorShare,
                Of(features, ForecastFeature.ErrorMargin, ForecastFeature.ErrorRise, ForecastFeature.ErrorGrowth, ForecastFeature.ErrorSteadiness, ForecastFeature.ErrorCrossing)),
            new("p95_over_p50", Math.Pow(2, trend.TailDoublings), Math.Pow(2, trend.NormalTailDoublings), Of(features, ForecastFeature.TailGrowth)),
            new("timeout_share", Share(latest.Timeouts, latest.Requests), 0, Of(features, ForecastFeature.Timeouts)),
            new("retry_share", Share(latest.Retries, latest.Requests), trend.NormalRetryShare, Of(features, ForecastFeature.Retries)),
            new("concurrent_requests", perMinute * trend.MeanMicros / 60e6, trend.NormalRequests * trend.NormalMeanMicros / 60e6, Of(features, ForecastFeature.Concurrency)),
            new("rising_routes", forecaster.RisingRoutes, 0, Of(features, ForecastFeature.Companions)),
            new("requests_per_minute", perMinute, trend.NormalRequests, Of(features, ForecastFeature.LoadRise)),
        };
        double total = Math.Max(1e-9, all.Sum(static d => d.Contribution));
        return
        [
            .. all.Where(static d => d.Contribution > 0).OrderByDescending(static d => d.Contribution).Take(MostDrivers)
                .Select(d => d with { Value = Math.Round(d.Value, 4), Baseline = Math.Round(d.Baseline, 4), Contribution = Math.Round(d.Contribution / total, 3) }),
        ];
    }

    private static string State(RouteForecaster forecaster)
    {
        RouteTrend trend = forecaster.Trend;
        string errors = $"{Phrase.Percent(trend.ErrorShare)} server errors (normally {Phrase.Percent(trend.NormalErrorShare)})";
        return trend.NormalMeanMicros <= 0 ? errors : $"now {Phrase.Millis(trend.MeanMicros / 1000)} on average (normally {Phrase.Millis(trend.NormalMeanMicros / 1000)}) and {errors}";
    }

    private static double Share(double part, double whole) => whole <= 0 ? 0 : part / whole;
}
