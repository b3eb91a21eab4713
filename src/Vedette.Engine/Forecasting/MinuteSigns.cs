using Vedette.Engine.Behavior;

namespace Vedette.Engine.Forecasting;

/// <summary>What the forecast reads of one minute of one route.</summary>
internal readonly record struct MinuteSigns
{
    public required double Requests { get; init; }

    /// <summary>Answers of 500 and above.</summary>
    public required double Errors { get; init; }

    /// <summary>Requests that ended because somebody waited too long.</summary>
    public required double Timeouts { get; init; }

    /// <summary>Requests for what had failed for the same caller seconds before.</summary>
    public required double Retries { get; init; }

    /// <summary>Requests whose duration is known.</summary>
    public required double Timed { get; init; }

    /// <summary>Sum of the server's time over <see cref="Timed"/>, microseconds.</summary>
    public required double DurationMicros { get; init; }

    /// <summary>Doublings between the median and the 95% quantile of the response time; 0 where too few are known.</summary>
    public double TailDoublings { get; init; }

    /// <summary>Logarithm (base 2) of the mean response time in microseconds, for the trend; 0 where no duration is known. Of several routes, what it would be with their usual shares.</summary>
    public double LogMean { get; init; }

    /// <summary>Mean of the logarithms (base 2) of single response times in microseconds: what is typical, whatever a few pauses and timeouts do to the mean; 0 where no duration is known. Of several routes, what it would be with their usual shares.</summary>
    public double LogTypical { get; init; }

    public static MinuteSigns Of(RouteMinute minute) => new()
    {
        Requests = minute.Requests,
        Errors = minute.ServerErrors,
        Timeouts = minute.Timeouts,
        Retries = minute.Retries,
        Timed = minute.Durations.Total,
        DurationMicros = minute.DurationMicros,
        TailDoublings = TailOf(minute.Durations),
        LogMean = minute.Durations.Total > 0 ? Math.Log2(Math.Max(1, minute.DurationMicros / minute.Durations.Total)) : 0,
        LogTypical = minute.Durations.Total > 0 ? minute.DurationLogs * RouteMinute.LogUnit / minute.Durations.Total : 0,
    };

    /// <summary>A tail of less than twenty requests is its largest value, which says nothing.</summary>
    public static double TailOf(LogHistogram durations) =>
        durations.Total < 20 ? 0 : Math.Log2(durations.Quantile(0.95) / Math.Max(1, durations.Quantile(0.5)));
}
