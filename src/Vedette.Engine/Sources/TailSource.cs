using Vedette.Engine.Events;

namespace Vedette.Engine.Sources;

/// <summary>Follows growing log files through rotation: a file renamed and created anew is read to its end before the new one, a truncated one from its start.</summary>
/// <remarks>
/// Files are polled, which works on every file system. A file that does not exist yet is waited for. Lines come out when they are complete; the last line of a
/// file that was rotated away comes out even without its end. Never ends by itself: cancel the read.
/// </remarks>
public sealed class TailSource : IBatchSource
{
    private readonly TailedFile[] _files;
    private readonly TimeSpan _pollInterval;
    private int _next;

    /// <param name="paths">Files to follow.</param>
    /// <param name="fromStart">True to read what the files hold already; false to begin at their ends.</param>
    /// <param name="pollInterval">How long to wait when no file has grown. Default 250 ms.</param>
    /// <param name="resume">Where to go on in a file that was followed before, by path; goes before <paramref name="fromStart"/>.</param>
    public TailSource(IReadOnlyList<string> paths, bool fromStart = false, TimeSpan? pollInterval = null, IReadOnlyDictionary<string, FilePosition>? resume = null)
    {
        if (paths.Count is 0 or > ushort.MaxValue) throw new ArgumentException($"{paths.Count} files; 1 to {ushort.MaxValue} are followed together.", nameof(paths));
        _pollInterval = pollInterval ?? TimeSpan.FromMilliseconds(250);
        _files = [.. paths.Select((path, i) => new TailedFile(path, (ushort)i, fromStart, resume?.GetValueOrDefault(path)))];
        Names = [.. paths];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Warnings => [.. _files.SelectMany(file => file.Warnings)];

    /// <summary>Where reading stands in a file: behind the last whole line that was handed out; null while it is not open.</summary>
    public FilePosition? PositionOf(int source) => _files[source].Position;

    /// <inheritdoc/>
    public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadAvailable(batch)) return true;
            cancellationToken.WaitHandle.WaitOne(_pollInterval);
        }
    }

    /// <summary>Like <see cref="Read"/>, but returns false at once if no file has a new line.</summary>
    public bool ReadAvailable(EventBatch batch)
    {
        // Taking turns keeps one busy file from starving the others.
        for (int i = 0; i < _files.Length; i++)
        {
            batch.Clear();
            TailedFile file = _files[_next];
            _next = (_next + 1) % _files.Length;
            if (file.Read(batch)) return true;
        }
        return false;
    }

    public void Dispose()
    {
        foreach (TailedFile file in _files) file.Dispose();
    }
}
