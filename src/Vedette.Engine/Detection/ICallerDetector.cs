namespace Vedette.Engine.Detection;

/// <summary>Looks at one caller and says what it does wrong.</summary>
/// <remarks>
/// Called by the caller's shard, in event order, for each event or tick that carries one of <see cref="Triggers"/>. Everything it remembers is in the caller's
/// state; the detector itself is immutable and shared by all shards. It must not throw: there is no bad input left at this point.
/// Registered in <see cref="Detectors"/>.
/// </remarks>
internal interface ICallerDetector
{
    Trigger Triggers { get; }

    void Observe(ref CallerContext context, FindingSink sink);
}
