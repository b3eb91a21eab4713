using System.Numerics;

namespace Vedette.Engine.Pipeline;

/// <summary>How much is remembered of callers. With routes, evidence and incidents, which have bounds of their own, this is all the memory of the engine.</summary>
public sealed record TrackingOptions
{
    /// <summary>Callers (addresses and principals together) remembered at most, about 1 KB each. Default 131072.</summary>
    public int MaxCallers { get; init; } = 131_072;

    /// <summary>Pairs of caller and route remembered at most, 144 bytes each; a power of two. Default 262144.</summary>
    public int MaxCallerRoutes { get; init; } = 262_144;

    /// <summary>Things (paths, objects, queries) remembered as seen, 32 bytes each; a power of two. Default 1048576.</summary>
    public int MaxSeen { get; init; } = 1_048_576;

    /// <summary>Threads that work on callers; preparing events uses the thread pool. Results do not depend on it. Default 0: one per processor.</summary>
    public int Workers { get; init; }

    internal int EffectiveWorkers => Workers > 0 ? Workers : Environment.ProcessorCount;

    internal IEnumerable<string> Problems()
    {
        if (MaxCallers is < 1024 or > 1 << 26) yield return $"Tracking:MaxCallers is {MaxCallers}; it must be from 1024 to 67108864.";
        if (MaxCallerRoutes < 1024 || !BitOperations.IsPow2(MaxCallerRoutes)) yield return $"Tracking:MaxCallerRoutes is {MaxCallerRoutes}; it must be a power of two of at least 1024.";
        if (MaxSeen < 1024 || !BitOperations.IsPow2(MaxSeen)) yield return $"Tracking:MaxSeen is {MaxSeen}; it must be a power of two of at least 1024.";
        if (Workers is < 0 or > 1024) yield return $"Tracking:Workers is {Workers}; it must be from 0 to 1024.";
    }
}
