using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>Reads log files, or standard input for <c>-</c>, in the order of their times.</summary>
/// <remarks>
/// Files are read one after the other, the one with the earliest first event first; so a set of rotated files may be given in any order. Files that overlap
/// in time (several servers) are merged event by event instead: such batches come out parsed already (<see cref="EventBatch.IsParsed"/>).
/// Whether files overlap is known from their first and last times, except for compressed ones: those are taken to overlap unless they are
/// rotations of one log (the same name but for <c>.1</c>, <c>.gz</c>, <c>-20240501</c>).
/// </remarks>
public sealed class FileSource : IBatchSource
{
    // Lines are written at a request's end, and old workers may write to a rotated file for a while.
    private const long ToleratedOverlapMicros = 60 * Timestamp.MicrosPerSecond;

    private readonly InputFile[] _files;
    private readonly InputFile[] _inOrder;
    private readonly List<string> _warnings = [];
    private LogParser _parser;
    private EventMerger? _merger;
    private LineReader? _reader;
    private int _next;

    private FileSource(InputFile[] files)
    {
        _files = files;
        // Of files that begin alike the one with the longer name first (access.log.1 before access.log), so that the order they were given in does not matter.
        _inOrder = [.. files.OrderBy(file => file.FirstMicros).ThenByDescending(file => file.Path, StringComparer.Ordinal)];
        IsMerged = Overlap(_inOrder);
        _parser = CreateParser(null);
    }

    public IReadOnlyList<string> Names => [.. _files.Select(file => file.Name)];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>True if the files overlap in time and their events are merged.</summary>
    public bool IsMerged { get; }

    /// <summary>For each file the formats found at its beginning, best first; none if no line there could be read.</summary>
    public IReadOnlyList<IReadOnlyList<ILogFormat>> DetectedFormats => [.. _files.Select(file => file.Formats)];

    /// <summary>Opens the files and looks at the beginning of each.</summary>
    /// <param name="paths">At least one path; <c>-</c> is standard input.</param>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="InvalidDataException">A file is compressed with something else than gzip.</exception>
    public static FileSource Open(params IReadOnlyList<string> paths)
    {
        if (paths.Count is 0 or > ushort.MaxValue) throw new ArgumentException($"{paths.Count} files; 1 to {ushort.MaxValue} are read together.", nameof(paths));
        return new FileSource([.. paths.Select((path, i) => new InputFile(path, (ushort)i))]);
    }

    /// <summary>The parser for this source's batches. Call it before the first <see cref="Read"/>.</summary>
    /// <param name="format">The format of all files, or null to use what was detected for each.</param>
    public LogParser CreateParser(ILogFormat? format)
    {
        _parser = format != null ? new LogParser([format]) : new LogParser([.. _files.Select(file => Formats(file))], LogFormats.Fallbacks);
        return _parser;
    }

    public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
    {
        batch.Clear();
        if (IsMerged)
        {
            _merger ??= new EventMerger([.. _inOrder.Select(file => (Func<IBatchSource>)(() => new FileSource([file])))], [.. _inOrder.Select(file => file.FirstMicros)], _parser);
            bool any = _merger.Read(batch, cancellationToken);
            if (!any) _warnings.AddRange(_merger.Warnings);
            return any;
        }
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_reader == null)
            {
                if (_next == _inOrder.Length) return false;
                _reader = _inOrder[_next].OpenReader();
            }
            if (!_reader.Read(batch)) CloseCurrent();
            if (batch.LineCount > 0 || batch.Failures.Count > 0) return true;
            batch.Clear();
        }
    }

    public void Dispose()
    {
        _merger?.Dispose();
        foreach (InputFile file in _files) file.Dispose();
    }

    private void CloseCurrent()
    {
        InputFile file = _inOrder[_next++];
        if (file.Stream.Damage is { } damage) _warnings.Add(damage);
        file.Dispose();
        _reader = null;
    }

    private static IReadOnlyList<ILogFormat> Formats(InputFile file) => file.Formats.Count > 0 ? file.Formats : LogFormats.Fallbacks;

    private static bool Overlap(InputFile[] inOrder)
    {
        for (int i = 1; i < inOrder.Length; i++)
        {
            InputFile before = inOrder[i - 1], after = inOrder[i];
            if (before.FirstMicros == HttpEvent.Unknown || RotatedName.AreOneLog(before.Path, after.Path)) continue;
            long last = before.FindLastMicros();
            if (last == HttpEvent.Unknown || last > after.FirstMicros + ToleratedOverlapMicros) return true;
        }
        return false;
    }
}
