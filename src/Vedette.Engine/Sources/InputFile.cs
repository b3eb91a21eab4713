using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>One input and what its beginning tells: formats and first time.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>Bytes looked at before reading starts. Enough for <see cref="FormatDetector.SampleLines"/> long lines.</summary>
    private const int HeadLength = 256 * 1024;

    private const int TailLength = 64 * 1024;

    private readonly ushort _source;
    private readonly bool _isReopened;
    private readonly bool _isPlain;
    private readonly byte[] _fields;
    private Stream? _open;

    /// <summary>Opens the input and looks at its beginning. A file is closed again until its turn comes; a pipe stays open.</summary>
    public InputFile(string path, ushort source)
    {
        Path = path;
        _source = source;
        LogStream stream = LogStream.Open(path);
        _isReopened = path != LogStream.StandardInput && File.Exists(path) && new FileInfo(path).Length > 0;
        _isPlain = !stream.IsCompressed;
        byte[] head = new byte[HeadLength];
        int length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        var sample = ReadSample(head.AsSpan(0, length), isWhole: length < HeadLength);
        Formats = FormatDetector.Detect(sample);
        FirstMicros = TimeOfFirst(sample);
        _fields = sample[sample.FieldsDirective].ToArray();
        if (_isReopened) stream.Dispose();
        else _open = new PrefixedStream(head.AsMemory(0, length), stream);
        Stream = stream;
    }

    public string Path { get; }

    public string Name => Path == LogStream.StandardInput ? "stdin" : Path;

    /// <summary>The formats of the sample, best first; none if no line of it could be read.</summary>
    public IReadOnlyList<ILogFormat> Formats { get; }

    /// <summary>Time of the first event of the sample, or <see cref="HttpEvent.Unknown"/>.</summary>
    public long FirstMicros { get; }

    /// <summary>The stream being read, for its <see cref="LogStream.Damage"/>.</summary>
    public LogStream Stream { get; private set; }

    public LineReader OpenReader()
    {
        if (_isReopened) _open = Stream = LogStream.Open(Path);
        return new LineReader(_open!, _source);
    }

    public void Dispose()
    {
        _open?.Dispose();
        Stream.Dispose();
    }

    /// <summary>Time of the latest event near the end; <see cref="HttpEvent.Unknown"/> where finding it would mean to read everything.</summary>
    public long FindLastMicros()
    {
        if (!_isReopened || !_isPlain || Formats.Count == 0) return HttpEvent.Unknown;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, TailLength), SeekOrigin.End);
        var batch = new EventBatch(TailLength);
        batch.FieldsDirective = batch.Append(_fields);
        new LineReader(file, blockLength: TailLength + 1).Read(batch);
        new LogParser(Formats).Parse(batch);
        long last = HttpEvent.Unknown;
        foreach (ref readonly HttpEvent e in batch.Events) last = Math.Max(last, e.TimeMicros);
        return last;
    }

    private static EventBatch ReadSample(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (!isWhole && head.LastIndexOf((byte)'\n') is var end and > 0) head = head[..(end + 1)];
        var sample = new EventBatch(HeadLength, FormatDetector.SampleLines);
        var reader = new LineReader(new MemoryStream(head.ToArray()), blockLength: HeadLength);
        reader.Read(sample);
        return sample;
    }

    private long TimeOfFirst(EventBatch sample)
    {
        if (Formats.Count == 0) return HttpEvent.Unknown;
        new LogParser(Formats).Parse(sample);
        foreach (ref readonly HttpEvent e in sample.Events)
            if (e.TimeMicros != HttpEvent.Unknown) return e.TimeMicros;
        return HttpEvent.Unknown;
    }
}
