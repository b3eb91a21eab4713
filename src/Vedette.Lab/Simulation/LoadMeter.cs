namespace Vedette.Lab.Simulation;

/// <summary>Estimates the recent request rate and how much slower everything gets under it.</summary>
/// <param name="capacityPerSecond">Rate at which the service would be saturated.</param>
internal sealed class LoadMeter(double capacityPerSecond)
{
    private const double MemoryMicros = 20e6;
    private double _count;
    private long _lastMicros;

    /// <summary>Counts a request and returns the factor on latency: 1/(1-ρ) of a single queue, bounded at 8.</summary>
    public double Add(long micros)
    {
        _count = _count * Math.Exp((_lastMicros - micros) / MemoryMicros) + 1;
        _lastMicros = micros;
        double utilization = _count / (MemoryMicros / 1e6) / capacityPerSecond;
        return 1 / (1 - Math.Min(utilization, 0.875));
    }
}
