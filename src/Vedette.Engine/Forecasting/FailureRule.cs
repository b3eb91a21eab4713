namespace Vedette.Engine.Forecasting;

/// <summary>When a route fails now: more than a share of server errors, or a mean response time above a limit.</summary>
/// <remarks>
/// The limits are absolute for ordinary routes. One whose normal values are above half of a limit is measured by twice its own normal instead: a report that takes two seconds
/// every day does not fail every day.
/// </remarks>
internal readonly struct FailureRule(ForecastOptions options)
{
    private const double OfNormal = 2;
    private const double MaxErrorShare = 0.9;

    private readonly double _errorShare = options.FailureErrorShare;
    private readonly double _meanMicros = options.FailureMeanMillis * 1000;

    public double ErrorLimit(double normalShare) => Math.Max(_errorShare, Math.Min(MaxErrorShare, OfNormal * normalShare));

    public double MeanLimitMicros(double normalMeanMicros) => Math.Max(_meanMicros, OfNormal * normalMeanMicros);
}
