namespace Vedette.Engine.Detection;

/// <summary>Looks at all routes once a tick: their health, and what many callers do together.</summary>
/// <remarks>Called by the engine's own thread between two ticks' worth of events, so it may keep state and change baselines. Registered in <see cref="Detectors"/>.</remarks>
internal interface IServiceDetector
{
    void Observe(ServiceTick tick, List<Finding> found);
}
