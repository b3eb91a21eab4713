using System.Runtime.InteropServices;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Datasets;

/// <summary>The last minute of every caller of a simulation, as the engine's window features see it.</summary>
/// <remarks>Memory grows with the callers of one minute: the windows of those who fell silent are dropped.</remarks>
internal sealed class CallerWindows
{
    private const long MicrosPerMinute = 60_000_000;

    private readonly Dictionary<NetworkAddress, Entry> _entries = [];
    private long _sweptMinute;

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. WindowFeatures.All.Take(WindowFeatures.BasicCount).Select(static feature => feature.Name)];

    /// <summary>Counts a request and reads its caller's last minute, the request included.</summary>
    /// <param name="request">The request; times never decrease.</param>
    /// <param name="features">Receives one value per name.</param>
    public void Add(in TrafficEvent request, Span<float> features)
    {
        Sweep(request.TimeMicros);
        CallerName.TryAddress(request.Client, out NetworkAddress caller);
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, caller, out _);
        entry.Window ??= new SlidingWindow();
        entry.LastMicros = request.TimeMicros;
        ulong path = Fingerprint(request.Method, request.Path);
        ulong endpoint = request.Route.Length > 0 ? Fingerprint(request.Method, request.Route) : path;
        entry.Window.Add(new WindowRequest(request.TimeMicros, endpoint, path, request.Status, request.DurationMicros, request.RequestBytes));
        entry.Window.Read(features);
    }

    /// <summary>Once a minute, drops the windows of those who were silent for two: whatever such a window still holds is too old to count.</summary>
    private void Sweep(long now)
    {
        if (now / MicrosPerMinute == _sweptMinute) return;
        _sweptMinute = now / MicrosPerMinute;
        foreach ((NetworkAddress caller, Entry entry) in _entries)
        {
            if (now - entry.LastMicros >= 2 * MicrosPerMinute) _entries.Remove(caller);
        }
    }

    private static ulong Fingerprint(string method, string text) =>
        Engine.Events.Fingerprint.Combine(Engine.Events.Fingerprint.Of(MemoryMarshal.AsBytes(method.AsSpan())), Engine.Events.Fingerprint.Of(MemoryMarshal.AsBytes(text.AsSpan())));

    private struct Entry
    {
        public SlidingWindow? Window;
        public long LastMicros;
    }
}
