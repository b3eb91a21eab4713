using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>Everything concerned takes longer.</summary>
internal sealed class LatencyFault : Fault
{
    /// <summary>Factor on the latency.</summary>
    public required double Factor { get; init; }

    public override void Apply(ref TrafficEvent request, RandomSource random) =>
        request.DurationMicros = (long)(request.DurationMicros * random.LogNormal(Factor, 0.25));
}
