namespace Vedette.Engine.Forecasting;

/// <summary>What is expected of one route, and how good such expectations have been. Immutable.</summary>
public sealed record RouteForecast
{
    /// <summary>Template of the route, <c>/orders/{id}</c>; <c>*</c> for the service as a whole.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Method in capitals; <c>*</c> for the service as a whole.</summary>
    public required string Method { get; init; }

    /// <summary>Event time of the minute it was made from; the route may have been silent since.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Probability of a failure within 5, 10 and 15 minutes, each in [0, 1], never falling. All 1 while the route fails; all 0 before twenty minutes are known of it. Not below the naive guess.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>Minutes until the failure, if one within a quarter of an hour is likelier than not; else null. 0 while the route fails.</summary>
    public required double? MinutesToFailure { get; init; }

    /// <summary>Whether the route fails now: too many errors or too slow, for two judgments in a row.</summary>
    public required bool IsFailing { get; init; }

    /// <summary>Whether it raises no alarms since its forecasts were worse than a guess.</summary>
    public required bool IsSilent { get; init; }

    /// <summary>Why it is silent, in a sentence; null if it is not.</summary>
    public required string? SilenceReason { get; init; }

    /// <summary>Predictions judged so far, each horizon of each minute one.</summary>
    public required long Judged { get; init; }

    /// <summary>Mean squared error of the probabilities over about the last day of the route's minutes, in [0, 1]; lower is better.</summary>
    public required double Brier { get; init; }

    /// <summary>The same for a guess that knows only how often the route fails and whether the last minute was bad.</summary>
    public required double NaiveBrier { get; init; }

    /// <summary>Ten bins of predicted probability, all horizons, since the start.</summary>
    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }

    /// <summary>Median minutes between an alarm and its failure, over the last 32 that came true; null if none did.</summary>
    public required double? MedianLeadMinutes { get; init; }

    /// <summary>Alarms that came true.</summary>
    public required int FulfilledAlarms { get; init; }

    /// <summary>Alarms no failure followed, per day of the route's active minutes.</summary>
    public required double FalseAlarmsPerDay { get; init; }
}

/// <summary>How often what was predicted with a probability in this range came true.</summary>
/// <param name="From">Lower end, inclusive.</param>
/// <param name="To">Upper end, exclusive but for the last bin.</param>
/// <param name="Predictions">Judged predictions.</param>
/// <param name="MeanPredicted">Their mean probability; 0 if there are none.</param>
/// <param name="Happened">How many came true.</param>
public sealed record CalibrationBin(double From, double To, long Predictions, double MeanPredicted, long Happened);
