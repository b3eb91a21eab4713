namespace Vedette.Engine.Risk;

/// <summary>From which risk on an incident is medium, high or critical, and how many false alarms a day are accepted.</summary>
public sealed record RiskOptions
{
    /// <summary>Lowest critical risk, 0 to 100. Default 80.</summary>
    public int Critical { get; init; } = 80;

    /// <summary>Lowest high risk, 0 to 100. Default 60.</summary>
    public int High { get; init; } = 60;

    /// <summary>Lowest medium risk, 0 to 100. Default 40.</summary>
    public int Medium { get; init; } = 40;

    /// <summary>False alarms accepted a day; the detectors' thresholds follow from it and from the number of callers. Default 1.</summary>
    public double AlertsPerDay { get; init; } = 1;

    /// <summary>The level of a risk from 0 to 100.</summary>
    public RiskLevel LevelOf(int risk) => risk >= Critical ? RiskLevel.Critical : risk >= High ? RiskLevel.High : risk >= Medium ? RiskLevel.Medium : RiskLevel.Low;

    internal IEnumerable<string> Problems()
    {
        if (!(0 < Medium && Medium < High && High < Critical && Critical <= 100))
            yield return $"Risk: Medium {Medium}, High {High}, Critical {Critical} must rise and lie between 1 and 100.";
        if (AlertsPerDay is not (> 0 and <= 10_000)) yield return $"Risk:AlertsPerDay is {AlertsPerDay}; it must be above 0 and at most 10000.";
    }
}
