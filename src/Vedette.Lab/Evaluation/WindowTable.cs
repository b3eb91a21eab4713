using System.Runtime.InteropServices;
using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>The windows of a traffic, in order of first appearance.</summary>
/// <remarks>Time and memory grow with the number of windows, at most <see cref="MaxWindows"/>. One thread at a time.</remarks>
public sealed class WindowTable
{
    /// <summary>Most windows in one traffic: about 1.5 GB.</summary>
    public const int MaxWindows = 1 << 24;

    private const long MicrosPerMinute = 60_000_000;
    private const int LoginMinutes = 10;

    private readonly Dictionary<(NetworkAddress Caller, long Minute), int> _index = [];
    private readonly List<CallerWindow> _windows = [];
    private readonly BadStrings _badStrings = new();

    public int Count => _windows.Count;

    /// <summary>The windows; valid until the next event is added.</summary>
    public ReadOnlySpan<CallerWindow> Windows => CollectionsMarshal.AsSpan(_windows);

    /// <summary>The window of a caller at a minute since 1970, or -1.</summary>
    /// <param name="caller">Address as the engine judges it: <see cref="NetworkAddress.CallerKey"/>.</param>
    /// <param name="minute">Minutes since 1970.</param>
    public int IndexOf(NetworkAddress caller, long minute) => _index.GetValueOrDefault((caller, minute), -1);

    /// <summary>Counts an event.</summary>
    /// <returns>Its window, or -1 for an event without address or time, which is in none.</returns>
    /// <exception cref="InvalidDataException">There are too many windows.</exception>
    public int Add(EventBatch batch, in HttpEvent request)
    {
        if (request.Client.IsUnknown || request.TimeMicros == HttpEvent.Unknown) return -1;
        int index = Open(request.Client.CallerKey, request.TimeMicros / MicrosPerMinute);
        ref CallerWindow window = ref CollectionsMarshal.AsSpan(_windows)[index];
        window.Requests++;
        if (request.Status >= 400) window.Errors++;
        if (request.Status == 401) window.Unauthorized++;
        if (request.Status is 400 or 403 or 404) window.Refused++;
        if (request.DurationMicros != HttpEvent.Unknown)
        {
            window.Timed++;
            window.DurationMicros += request.DurationMicros;
        }
        if (_badStrings.IsIn(batch, request)) window.BadStrings++;
        return index;
    }

    /// <summary>Adds up what spans several minutes. Call it when all events are in.</summary>
    internal void Complete()
    {
        Span<CallerWindow> windows = CollectionsMarshal.AsSpan(_windows);
        foreach (ref CallerWindow window in windows)
        {
            window.UnauthorizedInTenMinutes = window.Unauthorized;
            for (int back = 1; back < LoginMinutes; back++)
                if (IndexOf(window.Caller, window.Minute - back) is >= 0 and int before) window.UnauthorizedInTenMinutes += windows[before].Unauthorized;
        }
    }

    private int Open(NetworkAddress caller, long minute)
    {
        if (_index.TryGetValue((caller, minute), out int index)) return index;
        if (_windows.Count == MaxWindows) throw new InvalidDataException($"The traffic has more than {MaxWindows} windows of one caller and minute; evaluate a shorter part of it.");
        _index.Add((caller, minute), _windows.Count);
        _windows.Add(new CallerWindow { Caller = caller, Minute = minute });
        return _windows.Count - 1;
    }
}
