using System.Text;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>One caller at one moment, as a detector sees it.</summary>
internal ref struct CallerContext
{
    public required ref CallerState Caller;

    /// <summary>What the caller did on the event's route. A shared empty one at ticks.</summary>
    public required ref CallerRoute OnRoute;

    /// <summary>The event; a default one at ticks.</summary>
    public required ref readonly HttpEvent Request;

    public required ref readonly PreparedEvent Prepared;

    /// <summary>The batch the event's text lives in; null at ticks.</summary>
    public required EventBatch? Batch;

    public required Route Route;

    public required Baselines Baselines;

    /// <summary>Triggers of this moment.</summary>
    public required Trigger Trigger;

    /// <summary>Event time, microseconds.</summary>
    public required long Time;

    /// <summary>Position in the stream.</summary>
    public required long Sequence;

    /// <summary>Slot of the caller in its shard's table.</summary>
    public required int Slot;

    /// <summary>What the caller is called if it is not an address.</summary>
    public required string? Name;

    public readonly ref readonly Counts Window => ref Caller.Recent.Window;

    public readonly ref readonly Counts Episode => ref Caller.Episode;

    /// <summary>What the caller is called: its name, its address, or its /64 if several addresses of it were seen.</summary>
    public readonly string ActorName => Name ?? AddressName(Caller);

    public readonly ActorKind ActorKind => KindOf(Caller.Kind);

    /// <summary>True if an incident of this type is already raised about the caller in this episode.</summary>
    public readonly bool IsRaised(IncidentType type) => (Caller.Raised & type.Bit()) != 0;

    /// <summary>Text of a slice of the request, bounded, for an explanation.</summary>
    public readonly string Text(Utf8Slice slice, int most = 120)
    {
        if (Batch is null || slice.IsEmpty) return "";
        ReadOnlySpan<byte> bytes = Batch[slice];
        return bytes.Length <= most ? Encoding.UTF8.GetString(bytes) : Encoding.UTF8.GetString(bytes[..most]) + "…";
    }

    internal static ActorKind KindOf(CallerKind kind) => kind switch
    {
        CallerKind.User => ActorKind.User,
        CallerKind.Session => ActorKind.Session,
        CallerKind.ApiKey => ActorKind.ApiKey,
        _ => ActorKind.Ip,
    };

    internal static string AddressName(in CallerState caller) => caller.HasManyAddresses && !caller.Address.IsIPv4 ? caller.Address.CallerKey + "/64" : caller.Address.ToString();
}
