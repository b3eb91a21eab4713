using Vedette.Engine.Forecasting;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Engine.Normalization;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Redaction;
using Vedette.Engine.Risk;

namespace Vedette.Engine;

/// <summary>Everything that can be set in the engine.</summary>
public sealed record EngineOptions
{
    public ProxyOptions Proxies { get; init; } = new();

    public RouteTableOptions Routes { get; init; } = new();

    public TrackingOptions Tracking { get; init; } = new();

    public RiskOptions Risk { get; init; } = new();

    public IncidentOptions Incidents { get; init; } = new();

    public LearningOptions Learning { get; init; } = new();

    public ForecastOptions Forecasting { get; init; } = new();

    public RedactionOptions Redaction { get; init; } = new();

    /// <summary>Addresses and networks, in CIDR notation, about whom nothing is raised. Default none.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Throws one exception that names every wrong setting; does nothing if all are right.</summary>
    /// <exception cref="ArgumentException">At least one setting is out of range.</exception>
    public void Validate()
    {
        string[] problems = [.. Proxies.Problems(), .. Routes.Problems(), .. Tracking.Problems(), .. Risk.Problems(), .. Incidents.Problems(), .. Learning.Problems(), .. Forecasting.Problems(), .. Redaction.Problems(), .. AllowList.Problems(Allow)];
        if (problems.Length > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems));
    }
}
