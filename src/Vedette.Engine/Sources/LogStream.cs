using System.IO.Compression;
using System.Text;

namespace Vedette.Engine.Sources;

/// <summary>Opens lines of text for reading: a file or standard input, plain or gzip, UTF-8 or UTF-16.</summary>
/// <remarks>A damaged or cut off gzip stream gives what can be read; <see cref="Damage"/> then says so, unless the data must be whole. Not seekable, and for one reader at a time.</remarks>
public sealed class LogStream : Stream
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private readonly Stream _raw;
    private readonly Stream _decoded;
    private readonly string _name;
    private readonly GzipWatcher? _watcher;
    private readonly bool _mustBeWhole;
    private long _decodedLength;

    private LogStream(Stream raw, string name, bool mustBeWhole)
    {
        _raw = raw;
        _name = name;
        _mustBeWhole = mustBeWhole;
        byte[] head = new byte[4];
        int known = raw.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        RefuseUnreadable(head.AsSpan(0, known), name);
        Stream whole = new PrefixedStream(head.AsMemory(0, known), raw);
        IsCompressed = known >= 2 && head[0] == 0x1F && head[1] == 0x8B;
        if (IsCompressed) whole = new GZipStream(_watcher = new GzipWatcher(whole), CompressionMode.Decompress);
        _decoded = Utf16Of(head) is { } encoding ? Encoding.CreateTranscodingStream(whole, encoding, Encoding.UTF8) : whole;
    }

    /// <summary>True if the data is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>Why reading ended early, or null.</summary>
    public string? Damage { get; private set; }


    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Opens a file, or standard input.</summary>
    /// <param name="path">The file, or <see cref="StandardInput"/>.</param>
    /// <param name="mustBeWhole">Whether reading throws <see cref="InvalidDataException"/> where gzip data is cut off or damaged: half a log is worth reading, half a table is another table.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The file is compressed in a way that is not supported.</exception>
    public static LogStream Open(string path, bool mustBeWhole = false)
    {
        if (path == StandardInput) return new LogStream(Console.OpenStandardInput(), "standard input", mustBeWhole);
        if (path.Length == 0) throw new IOException("The name of a file is empty.");
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory; give the files in it.");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return new LogStream(file, path, mustBeWhole);
    }

    /// <summary>UTF-16 by its mark, or by the zero byte beside each of the first two characters: a log begins with ASCII. Null for anything else.</summary>
    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Reads a stream that is open already.</summary>
    public static LogStream Over(Stream stream, string name) => new(stream, name, mustBeWhole: false);

    public override int Read(Span<byte> buffer)
    {
        if (Damage != null) return 0;
        int read;
        try
        {
            read = _decoded.Read(buffer);
        }
        catch (Exception e) when (IsCompressed && e is InvalidDataException or EndOfStreamException)
        {
            return EndEarly();
        }
        _decodedLength += read;
        return read == 0 && buffer.Length > 0 && _watcher?.IsCutOff(_decodedLength) == true ? EndEarly() : read;
    }

    private int EndEarly()
    {
        string damage = $"{_name}: the gzip data is cut off or damaged";
        if (_mustBeWhole) throw new InvalidDataException(damage + ".");
        Damage = damage + "; everything before that was read.";
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoded.Dispose();
            _raw.Dispose();
        }
        base.Dispose(disposing);
    }

    private static void RefuseUnreadable(ReadOnlySpan<byte> head, string name)
    {
        string? kind = head.StartsWith("BZh"u8) ? "bzip2"
            : head.SequenceEqual((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "zstd"
            : head.SequenceEqual((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X']) ? "xz"
            : head.SequenceEqual((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]) ? "zip"
            : null;
        if (kind != null) throw new InvalidDataException($"{name} is compressed with {kind}; only gzip is read. Decompress it and pipe it in, with '-' as the file.");
    }
}
