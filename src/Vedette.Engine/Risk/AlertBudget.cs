using Vedette.Engine.Behavior;

namespace Vedette.Engine.Risk;

/// <summary>Turns "at most N false alarms a day" into the probability below which a finding is believed.</summary>
/// <remarks>
/// Every caller active in a day is tested by every detector; if findings were p-values of honest callers, N / (callers · detectors) of them would be false
/// in a day (Bonferroni's bound, which holds however the tests depend on each other). The number of callers is that of the last day, so the bar rises
/// with the audience.
/// </remarks>
internal sealed class AlertBudget(double alertsPerDay, int detectors)
{
    /// <summary>Fewer callers than this teach nothing about the tail.</summary>
    private const double MinCallers = 500;

    private const double LooseBound = 1e-3;
    private const double StrictBound = 1e-7;
    private const double TicksPerDay = 1440;

    private double _callersPerDay;

    /// <summary>Takes in a tick's new callers and sets the threshold.</summary>
    public void Update(Baselines baselines, long newCallers)
    {
        _callersPerDay += newCallers - _callersPerDay / TicksPerDay;
        double tests = Math.Max(MinCallers, _callersPerDay) * detectors;
        baselines.AlertThreshold = Math.Clamp(alertsPerDay / tests, StrictBound, LooseBound);
    }
}
