namespace Vedette.Engine.Forecasting;

/// <summary>What counts as a failure, and how sure a forecast must be to raise an incident.</summary>
public sealed record ForecastOptions
{
    /// <summary>Share of server errors above which a route fails, in (0, 1). Default 0.3. A route that normally has more than half of it fails at twice its normal share, at most 0.9.</summary>
    public double FailureErrorShare { get; init; } = 0.3;

    /// <summary>Mean response time above which a route fails, in milliseconds. Default 800. A route whose normal mean is above half of it fails at twice its normal mean.</summary>
    public double FailureMeanMillis { get; init; } = 800;

    /// <summary>Probability of a failure within fifteen minutes from which on, two minutes in a row, an incident is raised; in (0, 1). Default 0.15.</summary>
    public double AlarmProbability { get; init; } = 0.15;

    internal IEnumerable<string> Problems()
    {
        if (FailureErrorShare is not (> 0 and < 1)) yield return $"Forecasting:FailureErrorShare is {FailureErrorShare}; it must be above 0 and below 1.";
        if (FailureMeanMillis is not (>= 1 and <= 3_600_000)) yield return $"Forecasting:FailureMeanMillis is {FailureMeanMillis}; it must be from 1 to 3600000.";
        if (AlarmProbability is not (> 0 and < 1)) yield return $"Forecasting:AlarmProbability is {AlarmProbability}; it must be above 0 and below 1.";
    }
}
