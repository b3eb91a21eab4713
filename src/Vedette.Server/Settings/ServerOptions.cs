using System.Net;

namespace Vedette.Server.Settings;

/// <summary>Where the server listens and how much it takes in at a time.</summary>
public sealed record ServerOptions
{
    /// <summary>Address to listen on: <c>127.0.0.1</c> (default) for this machine alone, <c>0.0.0.0</c> or <c>::</c> for the network.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one. Default 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Largest request body in bytes, compressed and decompressed alike. Default 16 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Most events of one request. Default 100,000.</summary>
    public int MaxEventsPerRequest { get; init; } = 100_000;

    /// <summary>Events that may wait for analysis and the store; beyond, requests are answered 429. Default 200,000.</summary>
    public int QueueEvents { get; init; } = 200_000;

    /// <summary>Bytes of text that may wait likewise. Default 64 MiB.</summary>
    public int QueueBytes { get; init; } = 64 << 20;

    /// <summary>Seconds a write is tried again before its requests are answered 503. Default 5.</summary>
    public int StoreRetrySeconds { get; init; } = 5;

    /// <summary>Stored traffic of so many hours is replayed at start, so that baselines and open incidents survive a restart; 0 for none. Default 24.</summary>
    public double ReplayHours { get; init; } = 24;

    /// <summary>Most events replayed; the latest count. Default 2,000,000.</summary>
    public int ReplayEvents { get; init; } = 2_000_000;

    /// <summary>Connections at a time. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Dashboards and other readers of the live feed at a time. Default 200.</summary>
    public int MaxLiveClients { get; init; } = 200;

    internal IEnumerable<string> Problems()
    {
        if (!IPAddress.TryParse(Host, out _) && Host != "localhost") yield return $"Server:Host is '{Host}'; write an address of this machine, 0.0.0.0 for all.";
        if (Port is < 0 or > 65_535) yield return $"Server:Port is {Port}; it must be from 0 to 65535.";
        if (MaxBodyBytes is < 1024 or > 1 << 30) yield return $"Server:MaxBodyBytes is {MaxBodyBytes}; it must be from 1024 to 1073741824.";
        if (MaxEventsPerRequest is < 1 or > 1_000_000) yield return $"Server:MaxEventsPerRequest is {MaxEventsPerRequest}; it must be from 1 to 1000000.";
        if (QueueEvents < MaxEventsPerRequest) yield return $"Server:QueueEvents is {QueueEvents}; it must be at least Server:MaxEventsPerRequest, {MaxEventsPerRequest}.";
        if (QueueBytes < MaxBodyBytes) yield return $"Server:QueueBytes is {QueueBytes}; it must be at least Server:MaxBodyBytes, {MaxBodyBytes}.";
        if (StoreRetrySeconds is < 0 or > 300) yield return $"Server:StoreRetrySeconds is {StoreRetrySeconds}; it must be from 0 to 300.";
        if (ReplayHours is not (>= 0 and <= 24 * 90)) yield return $"Server:ReplayHours is {ReplayHours}; it must be from 0 to 2160.";
        if (ReplayEvents is < 0 or > 100_000_000) yield return $"Server:ReplayEvents is {ReplayEvents}; it must be from 0 to 100000000.";
        if (MaxConnections is < 1 or > 1_000_000) yield return $"Server:MaxConnections is {MaxConnections}; it must be from 1 to 1000000.";
        if (MaxLiveClients is < 0 or > 100_000) yield return $"Server:MaxLiveClients is {MaxLiveClients}; it must be from 0 to 100000.";
    }
}
