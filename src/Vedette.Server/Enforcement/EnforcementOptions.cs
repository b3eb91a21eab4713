using Vedette.Engine.Risk;

namespace Vedette.Server.Enforcement;

/// <summary>Whether incidents become decisions by themselves.</summary>
public enum EnforcementMode
{
    /// <summary>People decide.</summary>
    Off,

    /// <summary>What would be decided is noted in audit, log and metrics, and nothing is blocked.</summary>
    DryRun,

    /// <summary>Incidents become bans and throttles.</summary>
    On,
}

/// <summary>When an incident becomes a decision by itself, for how long, and where that ends.</summary>
public sealed record EnforcementOptions
{
    /// <summary>Default Off.</summary>
    public EnforcementMode Mode { get; init; } = EnforcementMode.Off;

    /// <summary>Least level of an incident that bans. Default CRITICAL.</summary>
    public RiskLevel BanLevel { get; init; } = RiskLevel.Critical;

    /// <summary>Least level of an incident that throttles. Default HIGH.</summary>
    public RiskLevel ThrottleLevel { get; init; } = RiskLevel.High;

    /// <summary>Least confidence of an incident, 0 to 1. Default 0.9.</summary>
    public double MinConfidence { get; init; } = 0.9;

    /// <summary>How long the first decision about somebody lasts. Default one hour.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Each further decision about the same one lasts so many times longer. Default 4.</summary>
    public double Escalation { get; init; } = 4;

    /// <summary>Longest decision. Default seven days.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most automatic decisions in force. Default 500.</summary>
    public int MaxActive { get; init; } = 500;

    /// <summary>Largest share of the traffic of the day before its incident that all whom automatic decisions hit may have had together. Default 0.05.</summary>
    public double MaxTrafficShare { get; init; } = 0.05;

    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Mode)) yield return "Enforcement:Mode must be Off, DryRun or On.";
        if (!Enum.IsDefined(BanLevel) || !Enum.IsDefined(ThrottleLevel) || ThrottleLevel > BanLevel) yield return $"Enforcement:ThrottleLevel is {ThrottleLevel} and Enforcement:BanLevel {BanLevel}; write LOW, MEDIUM, HIGH or CRITICAL, the first at most the second.";
        if (MinConfidence is not (>= 0 and <= 1)) yield return $"Enforcement:MinConfidence is {MinConfidence}; it must be from 0 to 1.";
        if (Duration < TimeSpan.FromMinutes(1)) yield return $"Enforcement:Duration is {Duration}; it must be at least 1m.";
        if (MaxDuration < Duration || MaxDuration > TimeSpan.FromDays(366)) yield return $"Enforcement:MaxDuration is {MaxDuration}; it must be from Enforcement:Duration to 366d.";
        if (Escalation is not (>= 1 and <= 100)) yield return $"Enforcement:Escalation is {Escalation}; it must be from 1 to 100.";
        if (MaxActive is < 1 or > 50_000) yield return $"Enforcement:MaxActive is {MaxActive}; it must be from 1 to 50000.";
        if (MaxTrafficShare is not (> 0 and <= 1)) yield return $"Enforcement:MaxTrafficShare is {MaxTrafficShare}; it must be above 0, to 1.";
    }
}
