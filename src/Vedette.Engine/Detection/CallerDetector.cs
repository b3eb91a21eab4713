namespace Vedette.Engine.Detection;

/// <summary>Looks at one caller and says what it does wrong.</summary>
/// <remarks>
/// Called by the caller's shard, in event order, for each event or tick that carries one of <see cref="Triggers"/>. Everything it remembers is in the caller's
/// state; the detector itself is immutable and shared by all shards. It must not throw: there is no bad input left at this point.
/// Registered in <see cref="Detectors"/>. A class and not an interface: this is the hottest call with many targets, and interface dispatch costs ten times as much there.
/// </remarks>
internal abstract class CallerDetector
{
    public abstract Trigger Triggers { get; }

    public abstract void Observe(ref CallerContext context, FindingSink sink);
}
