namespace Vedette.Engine.Learning;

/// <summary>One caller's last minute, at any moment: the basic window features as they are after each request.</summary>
/// <remarks>
/// The window is the sixty seconds, whole ones, that end with the second of the latest request. It counts as the engine does at its ticks, with the same code. About 14 KB however
/// many requests there are. A request that comes late counts in its own second if the window still holds that, else not at all. Not thread-safe.
/// </remarks>
public sealed class SlidingWindow
{
    private const int Seconds = 60;
    private const long MicrosPerSecond = 1_000_000;

    private readonly WindowCounts[] _seconds = new WindowCounts[Seconds];
    private long _newest = long.MinValue;
    private ulong _previousPath;

    /// <summary>Takes a request of the caller in.</summary>
    public void Add(in WindowRequest request)
    {
        long second = request.TimeMicros / MicrosPerSecond;
        if (_newest != long.MinValue && second <= _newest - Seconds) return;
        if (second > _newest) Advance(second);
        _seconds[Place(second)].Add(request, request.Path == _previousPath);
        _previousPath = request.Path;
    }

    /// <summary>Reads the first <see cref="WindowFeatures.BasicCount"/> features.</summary>
    /// <param name="features">Receives them, in the order of <see cref="WindowFeatures.All"/>; at least that many places.</param>
    public void Read(Span<float> features)
    {
        var sum = new WindowCounts();
        foreach (ref readonly WindowCounts second in _seconds.AsSpan())
            if (second.Requests > 0) sum.Merge(second);
        sum.Read(features);
    }

    private void Advance(long second)
    {
        if (_newest == long.MinValue || second - _newest >= Seconds) Array.Clear(_seconds);
        else for (long s = _newest + 1; s <= second; s++) _seconds[Place(s)] = default;
        _newest = second;
    }

    private static int Place(long second) => (int)((second % Seconds + Seconds) % Seconds);
}
