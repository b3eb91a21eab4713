using System.Runtime.InteropServices;
using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Pipeline;

/// <summary>What a shard gathers for models: the windows of its callers between two ticks, and samples of requests.</summary>
internal sealed partial class Shard
{
    /// <summary>Requests sampled between two ticks at most, so that a flood in the first minute costs no more than any other.</summary>
    private const int MaxSampled = 4096;

    private readonly List<CallerWindow> _windows = [];

    /// <summary>Whether windows are counted; changed between ticks only.</summary>
    public bool CountsWindows { get; set; }

    /// <summary>Of the events' positions in the stream, multiples of this are sampled; 0 samples none. Changed at ticks only.</summary>
    public long SampleStride { get; set; }

    /// <summary>The windows of the tick that just ended.</summary>
    public WindowRows Windows { get; } = new();

    /// <summary>Requests sampled since the last tick.</summary>
    public List<RequestFacts> Sampled { get; } = [];

    /// <summary>Routes known, merged ones included.</summary>
    public int RouteCount => _baselines.Routes.Routes.Count;

    /// <summary>What proves a finding about the caller in a slot.</summary>
    public IReadOnlyList<Evidence> EvidenceOf(int slot) => _evidence.Of(slot, Trigger.None, PayloadClasses.None);

    /// <summary>The caller in a slot as a finding names it.</summary>
    public string NameOf(int slot) => Callers.Name(slot) ?? CallerContext.AddressName(Callers[slot]);

    private void CountWindow(ref CallerState caller, bool isFirstOfTick, in HttpEvent request, in PreparedEvent prepared, RouteBaseline baseline, bool isRepeat)
    {
        if (isFirstOfTick)
        {
            caller.Window = _windows.Count;
            _windows.Add(default);
        }
        CollectionsMarshal.AsSpan(_windows)[caller.Window].Add(request, prepared, baseline, isRepeat);
        if ((prepared.Path.Traits & Normalization.PathTraits.Asset) == 0) caller.Tokens.Add(RequestToken.Of(prepared.Route, request.Status));
    }

    /// <summary>Samples an event where it is told to the caller it is most of all about: the principal, if there is one.</summary>
    private void Sample(in CallerState caller, EventBatch batch, in HttpEvent request, in PreparedEvent prepared, in WorkItem item)
    {
        if (item.Sequence % SampleStride != 0 || Sampled.Count >= MaxSampled || !(item.IsPrincipal || prepared.PrincipalKey == 0)) return;
        RequestFacts facts = RequestFacts.Of(batch, request, prepared);
        facts.Sequence = item.Sequence;
        facts.IsSuspect = caller.Raised != 0;
        facts.Caller = CallerManner.Of(caller, prepared.Time);
        Sampled.Add(facts);
    }

    private void CloseWindow(ref CallerState caller, int slot, long time)
    {
        ref CallerWindow window = ref CollectionsMarshal.AsSpan(_windows)[caller.Window];
        Span<float> row = Windows.Add(new WindowMeta
        {
            Key = caller.Key,
            Time = time,
            Since = caller.EpisodeStart,
            LastSeen = caller.LastSeen,
            Events = caller.Episode[Counter.Requests],
            Raised = caller.Raised,
            Shard = _index,
            Slot = slot,
            Route = window.Route,
            Kind = caller.Kind,
            IsExcused = !People.AreOrdinary(caller) || People.ArePolite(caller) || People.AreKnown(caller) || People.Behind(caller) > 1,
            IsPolite = People.ArePolite(caller),
            Tokens = caller.Tokens,
        });
        WindowFeatures.Read(window, caller, _baselines, time, row);
        caller.Window = -1;
    }
}
