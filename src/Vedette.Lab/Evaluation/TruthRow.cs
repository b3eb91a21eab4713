using Vedette.Engine.Detection;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Evaluation;

/// <summary>One labelled thing that happened, as a truth file tells it.</summary>
public sealed record TruthRow
{
    public required string Id { get; init; }

    /// <summary>Name of an incident type, or <c>honest</c> for what is unusual but no incident.</summary>
    public required string Type { get; init; }

    /// <summary>Client addresses that took part; empty for faults.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Accounts that were used or aimed at.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>First event: microseconds since 1970.</summary>
    public required long StartMicros { get; init; }

    /// <summary>Last event, not before <see cref="StartMicros"/>.</summary>
    public required long EndMicros { get; init; }

    /// <summary>How easy it is to notice, in the file's own word; empty if it has none.</summary>
    public string Intensity { get; init; } = "";

    /// <summary>Variant in a few words; empty if the file has none.</summary>
    public string Scenario { get; init; } = "";

    public bool IsHonest => Type == TruthType.Honest.Name();

    public bool IsFault => IncidentTypes.TryParse(Type, out IncidentType type) && type.IsOperational();

    public bool IsAttack => !IsHonest && !IsFault;

    /// <summary>Whether the row's time overlaps a period, both ends included.</summary>
    public bool Overlaps(long startMicros, long endMicros) => StartMicros <= endMicros && EndMicros >= startMicros;

    /// <summary>The rows of a simulation that took place.</summary>
    public static IReadOnlyList<TruthRow> From(TrafficSimulator simulator) => [.. simulator.Truth.Where(entry => entry.EndMicros > 0).Select(From)];

    private static TruthRow From(TruthEntry entry) => new()
    {
        Id = entry.Id,
        Type = entry.Type.Name(),
        Actors = entry.Type.IsFault() ? [] : [.. entry.Actors],
        Users = entry.Type.IsFault() ? [] : [.. entry.Users],
        StartMicros = entry.StartMicros,
        EndMicros = entry.EndMicros,
        Intensity = entry.Intensity.ToString().ToLowerInvariant(),
        Scenario = entry.Scenario,
    };
}
