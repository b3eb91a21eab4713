using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What is worked out of an event before it meets any memory. Made in parallel, one per event of a batch.</summary>
internal struct PreparedEvent
{
    public RequestPath Path;

    /// <summary>Fingerprint of the address as a caller.</summary>
    public ulong AddressKey;

    /// <summary>Fingerprint of the principal: API key, user or session; 0 if there is none.</summary>
    public ulong PrincipalKey;

    public ulong AgentKey;

    /// <summary>Fingerprint of what the query asks for; 0 if there is none.</summary>
    public ulong QueryKey;

    /// <summary>What the request is made of, if it was refused as invalid: names and kinds of parameters, or the path and the size. Else 0.</summary>
    public ulong RequestShape;

    /// <summary>Fingerprint of the name somebody tries to log in with, where the request tells; else 0.</summary>
    public ulong LoginNameKey;

    /// <summary>Kinds of payload found, as bits of <c>PayloadClasses</c>.</summary>
    public uint PayloadKinds;

    /// <summary>Fingerprint of the name of the query parameter that carries the payload; 0 if none does.</summary>
    public ulong PayloadParameter;

    /// <summary>Fingerprint of the target that carries the payload: the request's own, or the one the Referer tells.</summary>
    public ulong PayloadOrigin;

    /// <summary>The shape of its value.</summary>
    public ParameterShape PayloadShape;

    /// <summary>How surely the request carries an attack, in [0, 1].</summary>
    public float PayloadScore;

    /// <summary>Event time on the stream's clock: never before the stream began, never in a far future.</summary>
    public long Time;

    public int Route;
    public CallerKind PrincipalKind;
    public UserAgentKind Agent;
    public PreparedFlags Flags;
}

/// <summary>Facts of a prepared event.</summary>
[Flags]
internal enum PreparedFlags : byte
{
    None = 0,

    /// <summary>The request carries an attack payload: its score passed the inspector's threshold.</summary>
    Attack = 1,

    /// <summary>It asks for a file that only scanners ask for.</summary>
    Probe = 2,

    /// <summary>It led nowhere and is no guess: browsers and crawlers ask for this path by themselves (/robots.txt, /favicon.ico), or it belongs to a route by another method.</summary>
    Customary = 4,

    /// <summary>It came later than the clock allows.</summary>
    Late = 8,

    /// <summary>The payload stands in the Referer.</summary>
    InReferer = 16,
}
