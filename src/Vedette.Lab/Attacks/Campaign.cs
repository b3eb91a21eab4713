using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>One attack: its label, its way of working, and how many requests it has left.</summary>
internal sealed class Campaign
{
    public required TruthEntry Truth { get; init; }

    public required AttackProfile Profile { get; init; }

    /// <summary>Share of its requests that are harmless, to look ordinary.</summary>
    public required double CoverShare { get; init; }

    /// <summary>Number of requests in all.</summary>
    public required int Budget { get; init; }

    public Intensity Intensity => Truth.Intensity;
}
