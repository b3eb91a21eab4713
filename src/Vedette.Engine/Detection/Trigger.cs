namespace Vedette.Engine.Detection;

/// <summary>What an event or a tick meant for a caller. A detector is asked only when one of its triggers came.</summary>
[Flags]
internal enum Trigger
{
    None = 0,
    Payload = 1,
    LoginFailure = 2,
    LoginSuccess = 4,

    /// <summary>A user comes from an address and with a user agent that were both not seen with it before.</summary>
    NewDevice = 8,
    BlindNotFound = 16,
    Probe = 32,

    /// <summary>A new object or query on a route where the caller has asked for many.</summary>
    NewItem = 64,

    /// <summary>One more of many requests for one route.</summary>
    Insistence = 128,

    Transition = 256,
    SensitiveWrite = 512,

    /// <summary>A tick passed in which the caller was active.</summary>
    Tick = 1024,

    /// <summary>An attack tool's own name stands in the user agent.</summary>
    AttackTool = 2048,

    /// <summary>One more of several requests that change something at one route, by a caller who reads hardly anything.</summary>
    RepeatedChange = 4096,
}
