namespace Vedette.Engine.Risk;

/// <summary>How urgent an incident is.</summary>
public enum RiskLevel : byte
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>Names of <see cref="RiskLevel"/>.</summary>
public static class RiskLevels
{
    /// <summary>The name on the wire: <c>CRITICAL</c>.</summary>
    public static string Name(this RiskLevel level) => level switch
    {
        RiskLevel.Critical => "CRITICAL",
        RiskLevel.High => "HIGH",
        RiskLevel.Medium => "MEDIUM",
        _ => "LOW",
    };

    /// <summary>The level with a name, in any case; false if there is none.</summary>
    public static bool TryParse(string name, out RiskLevel level) =>
        Enum.TryParse(name, ignoreCase: true, out level) && Enum.IsDefined(level) && level.Name().Equals(name, StringComparison.OrdinalIgnoreCase);
}
