using Vedette.Engine.Forecasting;

namespace Vedette.Server.Api;

/// <summary>What is expected of a route, and how good such expectations have been.</summary>
public sealed record ForecastRow
{
    /// <summary>Probability of a failure within 5, 10 and 15 minutes.</summary>
    public required IReadOnlyDictionary<string, double> Probability { get; init; }

    /// <summary>Minutes to the failure, if one is likelier than not.</summary>
    public double? MinutesToFailure { get; init; }

    public bool Failing { get; init; }

    /// <summary>True where no alarms are raised since forecasts were worse than a guess.</summary>
    public bool Silent { get; init; }

    /// <summary>Why it is silent.</summary>
    public string? Reason { get; init; }

    /// <summary>Predictions judged.</summary>
    public long Judged { get; init; }

    /// <summary>Mean squared error of the probabilities; lower is better.</summary>
    public double Brier { get; init; }

    /// <summary>The same of a naive guess.</summary>
    public double NaiveBrier { get; init; }

    public double? LeadTimeMinutesMedian { get; init; }

    public double FalseAlarmsPerDay { get; init; }

    public required IReadOnlyList<ForecastBin> Calibration { get; init; }

    public static ForecastRow Of(RouteForecast forecast) => new()
    {
        Probability = new Dictionary<string, double>
        {
            ["5"] = Math.Round(forecast.Probabilities[0], 4),
            ["10"] = Math.Round(forecast.Probabilities[1], 4),
            ["15"] = Math.Round(forecast.Probabilities[2], 4),
        },
        MinutesToFailure = forecast.MinutesToFailure,
        Failing = forecast.IsFailing,
        Silent = forecast.IsSilent,
        Reason = forecast.SilenceReason,
        Judged = forecast.Judged,
        Brier = forecast.Brier,
        NaiveBrier = forecast.NaiveBrier,
        LeadTimeMinutesMedian = forecast.MedianLeadMinutes,
        FalseAlarmsPerDay = forecast.FalseAlarmsPerDay,
        Calibration = [.. forecast.Calibration.Select(static bin => new ForecastBin(bin.MeanPredicted, bin.Predictions == 0 ? 0 : (double)bin.Happened / bin.Predictions, bin.Predictions))],
    };
}

/// <summary>How often what was predicted came true.</summary>
/// <param name="Predicted">Mean probability.</param>
/// <param name="Happened">Share that came true.</param>
/// <param name="Count">Predictions.</param>
public sealed record ForecastBin(double Predicted, double Happened, long Count);
