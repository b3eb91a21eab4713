namespace Vedette.Engine.Incidents;

/// <summary>How findings are grouped into incidents.</summary>
public sealed record IncidentOptions
{
    /// <summary>Minutes of event time without a finding after which an incident is over. Default 60.</summary>
    public int IdleMinutes { get; init; } = 60;

    /// <summary>Minutes of event time without a finding after which an incident is over that is nothing but noise: a program's attempts of which none got through. Default 4320: three days.</summary>
    public int NoiseIdleMinutes { get; init; } = 4320;

    /// <summary>Incidents kept in memory; beyond, the least risky closed one is dropped and counted. Default 10000.</summary>
    public int MaxKept { get; init; } = 10_000;

    /// <summary>This many callers with the same agent doing the same become one distributed incident. Default 4.</summary>
    public int MinAlike { get; init; } = 4;

    internal IEnumerable<string> Problems()
    {
        if (IdleMinutes is < 1 or > 10_080) yield return $"Incidents:IdleMinutes is {IdleMinutes}; it must be from 1 to 10080.";
        if (NoiseIdleMinutes < IdleMinutes || NoiseIdleMinutes > 43_200) yield return $"Incidents:NoiseIdleMinutes is {NoiseIdleMinutes}; it must be from Incidents:IdleMinutes ({IdleMinutes}) to 43200.";
        if (MaxKept is < 10 or > 1_000_000) yield return $"Incidents:MaxKept is {MaxKept}; it must be from 10 to 1000000.";
        if (MinAlike is < 2 or > 1000) yield return $"Incidents:MinAlike is {MinAlike}; it must be from 2 to 1000.";
    }
}
