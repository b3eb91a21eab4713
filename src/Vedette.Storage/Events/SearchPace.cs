using System.Diagnostics;

namespace Vedette.Storage.Events;

/// <summary>Bounds how long a search for few rows among many takes.</summary>
/// <remarks>
/// A filtered search goes through the rows in windows of time, newest first, whose length follows the time they take. A window that takes too long is broken off, and the search goes on with
/// a shorter one. When the time is up the search ends at a window's edge, from where a later one can go on. The first window is always finished, so every search gets somewhere.
/// </remarks>
internal sealed class SearchPace(EventQuery query)
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(1.5);

    private readonly TimeSpan _patience = query.Patience ?? UsualPatience;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _windowStarted;

    /// <summary>How long a window may take.</summary>
    public TimeSpan WindowTime => _patience < UsualPatience ? _patience / 6 : UsualPatience / 6;

    /// <summary>True once no new window should be begun.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_started) > _patience;

    /// <summary>True once the current window should be broken off.</summary>
    public bool IsWindowOver => Stopwatch.GetElapsedTime(_windowStarted) > WindowTime;

    public void BeginWindow() => _windowStarted = Stopwatch.GetTimestamp();

    /// <summary>Length of the next window, given the last and the time it took.</summary>
    public long NextLength(long length, bool wasBrokenOff)
    {
        if (wasBrokenOff) return Math.Max(1, length / 8);
        return Stopwatch.GetElapsedTime(_windowStarted) < WindowTime / 8 && length < long.MaxValue / 4 ? length * 4 : length;
    }
}
