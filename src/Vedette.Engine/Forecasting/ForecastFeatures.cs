namespace Vedette.Engine.Forecasting;

/// <summary>The signs of a coming failure, in the order the model reads them. Each is a number near 0 where nothing is wrong.</summary>
/// <remarks>Where few requests speak, the margins lie deep in the noise and the others lose a standard deviation: weak evidence is no sign.</remarks>
internal enum ForecastFeature
{
    /// <summary>Standard deviations by which the predicted mean response time lies above the limit, plus 1.5; 0 to 4.</summary>
    LatencyMargin,

    /// <summary>The same for the share of server errors.</summary>
    ErrorMargin,

    /// <summary>How early within twice the horizon the mean response time crosses the limit at the cautious end of its pace, 0 (not) to 2 (now). A route that lives near its limit without growing has none.</summary>
    LatencyCrossing,

    /// <summary>The same for the share of server errors.</summary>
    ErrorCrossing,

    /// <summary>Doublings of the mean response time above its baseline, at the cautious end, 0 to 5.</summary>
    LatencyRise,

    /// <summary>The logit of the error share above its baseline, at the cautious end, 0 to 6.</summary>
    ErrorRise,

    /// <summary>Doublings in ten minutes at the present pace, at the cautious end, 0 to 4.</summary>
    LatencyGrowth,

    /// <summary>The same for the logit of the error share.</summary>
    ErrorGrowth,

    /// <summary>By how much a rise explains the response times of the last minutes better than a step (<see cref="RampTest"/>), as the square root of the nats beyond the first, 0 to 4.</summary>
    LatencySteadiness,

    /// <summary>The same for the errors.</summary>
    ErrorSteadiness,

    /// <summary>How much further the slow requests are from the median than normal, in doublings, 0 to 4.</summary>
    TailGrowth,

    /// <summary>Square root of the share of timeouts beyond the normal share of errors, 0 to 1.</summary>
    Timeouts,

    /// <summary>Square root of the share of retries beyond the normal share, 0 to 1.</summary>
    Retries,

    /// <summary>Requests in the service at a time (Little: rate × time), in doublings above the baseline, 0 to 6.</summary>
    Concurrency,

    /// <summary>Logarithm (base 2) of one more than the other routes that rise as well, where this one does, 0 to 6: thin evidence on many routes is evidence.</summary>
    Companions,

    /// <summary>Doublings of the request rate above its baseline, 0 to 4: what load explains is no fault.</summary>
    LoadRise,
}

/// <summary>Names of <see cref="ForecastFeature"/> as drivers and model files have them.</summary>
internal static class ForecastFeatures
{
    private static readonly string[] Names =
    [
        "latency_margin", "error_margin", "latency_crossing", "error_crossing", "latency_rise", "error_rise", "latency_growth", "error_growth", "latency_steadiness", "error_steadiness", "tail_growth", "timeout_share", "retry_share",
        "concurrency", "rising_companions", "load_rise",
    ];

    public static int Count => Names.Length;

    /// <summary>The first ones, which differ from horizon to horizon.</summary>
    public const int OfHorizon = 4;

    public static string Name(this ForecastFeature feature) => Names[(int)feature];
}
