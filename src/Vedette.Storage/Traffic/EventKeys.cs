using Vedette.Engine.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Whom and what an event counts for.</summary>
internal readonly ref struct EventKeys
{
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>Route template; empty if none is known.</summary>
    public ReadOnlySpan<byte> Route { get; init; }

    public NetworkAddress Client { get; init; }

    /// <summary>What stands in place of the client's address; else empty.</summary>
    public ReadOnlySpan<byte> ClientName { get; init; }

    /// <summary>User, else hash of the API key, else empty.</summary>
    public ReadOnlySpan<byte> Principal { get; init; }

    public bool HasClient => !ClientName.IsEmpty || !Client.IsUnknown;
}
