using Vedette.Engine.Behavior;

namespace Vedette.Engine.Risk;

/// <summary>Turns "at most N false alarms a day" into the probability below which a finding is believed.</summary>
/// <remarks>
/// If every caller of a day were tested once by every detector, a threshold of N / (callers · detectors) would let N findings about honest callers through
/// (Bonferroni's bound, which holds however the tests depend on each other). Callers are tested more often than once, but on windows that overlap almost wholly.
/// Counted are the addresses first seen within about a day, so the bar rises with the audience.
/// </remarks>
internal sealed class AlertBudget(double alertsPerDay, int detectors)
{
    /// <summary>Fewer callers than this teach nothing about the tail.</summary>
    private const double MinCallers = 500;

    private const double LooseBound = 1e-3;
    private const double StrictBound = 1e-7;
    private const double TicksPerDay = 1440;

    private double _callersPerDay;

    /// <summary>False alarms accepted a day.</summary>
    public double AlertsPerDay { get; set; } = alertsPerDay;

    /// <summary>Takes in a tick's new callers and sets the threshold.</summary>
    public void Update(Baselines baselines, long newCallers)
    {
        _callersPerDay += newCallers - _callersPerDay / TicksPerDay;
        double tests = Math.Max(MinCallers, _callersPerDay) * detectors;
        baselines.AlertThreshold = Math.Clamp(AlertsPerDay / tests, StrictBound, LooseBound);
    }
}
