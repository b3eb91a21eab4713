namespace Vedette.Engine.Forecasting;

/// <summary>When a failure is to be expected.</summary>
internal static class FailureOutlook
{
    private const double MostMinutes = 45;

    /// <summary>Minutes until the failure, if one within the longest horizon is likelier than not; else null.</summary>
    public static double? Minutes(RouteForecaster forecaster)
    {
        if (forecaster.IsFailing) return 0;
        if (forecaster.Probabilities[^1] < 0.5) return null;
        (double minutes, _) = Crossing(forecaster);
        return Math.Round(Math.Min(minutes, Median(forecaster.Probabilities)), 1);
    }

    /// <summary>Minutes until the pace of the trend crosses a limit, and which; infinite if beyond three quarters of an hour.</summary>
    public static (double Minutes, bool IsErrors) Crossing(RouteForecaster forecaster)
    {
        double errors = forecaster.Trend.MinutesToErrorLimit(forecaster.Rule);
        double latency = forecaster.Trend.MinutesToLatencyLimit(forecaster.Rule);
        double first = Math.Min(errors, latency);
        return (first is > 0 and <= MostMinutes ? first : double.PositiveInfinity, errors <= latency);
    }

    /// <summary>The time by which half of such cases have failed; the probability grows evenly between horizons.</summary>
    private static double Median(ReadOnlySpan<double> probabilities)
    {
        double before = 0, minutes = 0;
        for (int h = 0; h < probabilities.Length; h++)
        {
            int horizon = FailureModel.Horizons[h];
            if (probabilities[h] >= 0.5) return minutes + (horizon - minutes) * (0.5 - before) / (probabilities[h] - before);
            (before, minutes) = (probabilities[h], horizon);
        }
        return double.PositiveInfinity;
    }
}
