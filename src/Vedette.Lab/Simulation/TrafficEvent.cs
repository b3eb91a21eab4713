namespace Vedette.Lab.Simulation;

/// <summary>One simulated request with its response and its label. Text is as a server would see it: percent-encoding untouched.</summary>
/// <remarks>A mutable struct, filled in place and reused: copy what has to outlive the next read.</remarks>
public struct TrafficEvent
{
    /// <summary>Arrival of the request: microseconds since 1970-01-01T00:00:00Z. Never decreases from event to event.</summary>
    public long TimeMicros;

    /// <summary>Time the server took, in microseconds.</summary>
    public long DurationMicros;

    public long RequestBytes;
    public long ResponseBytes;
    public short Status;

    /// <summary>What kind of client sent it. Attackers are <see cref="ClientKind.Attacker"/> even where they mimic people.</summary>
    public ClientKind ClientKind;

    /// <summary>True for a harmless request that an attacker sends to look ordinary; it still belongs to the campaign.</summary>
    public bool IsCover;

    /// <summary>Index into <see cref="TrafficSimulator.Truth"/>, or -1 for ordinary traffic.</summary>
    public int Truth;

    public string Method;

    /// <summary>Path of the target, or the whole request line if <see cref="IsMalformed"/>.</summary>
    public string Path;

    /// <summary>Query without <c>?</c>; empty if there is none.</summary>
    public string Query;

    /// <summary>Route template, <c>/orders/{id}</c>; empty where the request meets no route.</summary>
    public string Route;

    /// <summary>Textual client address.</summary>
    public string Client;

    public string UserAgent;

    /// <summary>Referer; empty if none was sent.</summary>
    public string Referer;

    public string Protocol;
    public string Host;
    public string? User;
    public string? Session;
    public string? ApiKey;

    /// <summary>Sample of the request body, where the simulation was asked for bodies.</summary>
    public string? Body;

    /// <summary>A header worth recording, <c>Name: value</c>, where an attack travels in one.</summary>
    public string? Header;

    /// <summary>True if what arrived is no HTTP request line.</summary>
    public bool IsMalformed;
}

/// <summary>Who stands behind a request.</summary>
public enum ClientKind : byte
{
    Normal,

    /// <summary>A person or team who uses the API several times as much.</summary>
    Heavy,

    /// <summary>A declared program: crawler, monitor, partner integration.</summary>
    Bot,

    Attacker,
}
