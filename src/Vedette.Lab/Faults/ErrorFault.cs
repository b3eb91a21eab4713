using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>A share of the requests fails, at once and evenly.</summary>
internal sealed class ErrorFault : Fault
{
    private static readonly short[] Statuses = [500, 502, 502, 503, 503];

    /// <summary>Share of requests that fail.</summary>
    public required double Share { get; init; }

    /// <summary>Factor on the latency of the others.</summary>
    public double Slowdown { get; init; } = 1;

    public override void Apply(ref TrafficEvent request, RandomSource random)
    {
        if (random.Chance(Share)) Fail(ref request, random.Pick(Statuses));
        else request.DurationMicros = (long)(request.DurationMicros * Slowdown);
    }
}
