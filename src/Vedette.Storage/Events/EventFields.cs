using Vedette.Engine;
using Vedette.Engine.Events;

namespace Vedette.Storage.Events;

/// <summary>The texts of one event as they are stored: masked, bounded, valid UTF-8 without NUL. Empty is absent.</summary>
internal ref struct EventFields
{
    public ReadOnlySpan<byte> Method;
    public ReadOnlySpan<byte> Path;
    public ReadOnlySpan<byte> Query;
    public ReadOnlySpan<byte> Route;

    /// <summary>What the log had in place of the client's address.</summary>
    public ReadOnlySpan<byte> ClientName;
    public ReadOnlySpan<byte> User;
    public ReadOnlySpan<byte> Session;
    public ReadOnlySpan<byte> ApiKey;
    public ReadOnlySpan<byte> Agent;
    public ReadOnlySpan<byte> Referer;
    public ReadOnlySpan<byte> Host;
    public ReadOnlySpan<byte> Protocol;
    public ReadOnlySpan<byte> Source;
    public ReadOnlySpan<byte> Headers;
    public ReadOnlySpan<byte> Body;

    /// <summary>Incident types with commas between.</summary>
    public ReadOnlySpan<byte> Types;
}

/// <summary>Facts about an event in one stored number. 8 and 32 are retired: rows may hold them, and neither may get another meaning.</summary>
[Flags]
internal enum StoredFlags
{
    None = 0,
    Anomaly = 1,
    Late = 2,
    MalformedRequest = 4,
    Sampled = 16,
}

/// <summary>Between the flags of an event and those of a row. The numbers of a row are stored: never change one.</summary>
internal static class StoredFlagsOf
{
    public static StoredFlags Event(in HttpEvent request, in EventOutcome outcome) =>
        (outcome.IsAnomaly ? StoredFlags.Anomaly : 0)
        | (outcome.IsLate ? StoredFlags.Late : 0)
        | ((request.Flags & EventFlags.MalformedRequest) != 0 ? StoredFlags.MalformedRequest : 0)
        | ((request.Flags & EventFlags.Sampled) != 0 ? StoredFlags.Sampled : 0);

    public static EventFlags ToEvent(this StoredFlags flags) =>
        ((flags & StoredFlags.MalformedRequest) != 0 ? EventFlags.MalformedRequest : 0)
        | ((flags & StoredFlags.Sampled) != 0 ? EventFlags.Sampled : 0);
}
