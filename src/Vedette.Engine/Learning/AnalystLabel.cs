namespace Vedette.Engine.Learning;

/// <summary>What a person said about a caller's behaviour during some time.</summary>
/// <param name="Caller">Fingerprint of the caller, by <see cref="CallerKey"/>.</param>
/// <param name="FromMicros">Beginning, event time in microseconds since 1970.</param>
/// <param name="ToMicros">Its end, included.</param>
/// <param name="IsAttack">True: it was an attack; false: it was taken for one and is none.</param>
public readonly record struct AnalystLabel(ulong Caller, long FromMicros, long ToMicros, bool IsAttack)
{
    private const long WindowMicros = 60_000_000;

    /// <summary>Whether a window of a minute that ends at a time overlaps it.</summary>
    internal bool Covers(ulong caller, long endMicros) => caller == Caller && endMicros > FromMicros && endMicros - WindowMicros <= ToMicros;
}
