using System.IO.Compression;
using System.Text;

namespace Vedette.Cli;

/// <summary>Opens what a command reads: a file or, as <c>-</c>, standard input; gzip is recognised by its first bytes.</summary>
internal static class InputFile
{
    public const string StandardInput = "-";

    /// <param name="path">The file.</param>
    /// <param name="encoding">Of its text; UTF-8 if none is given.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TextReader OpenText(string path, Encoding? encoding = null) => new StreamReader(Open(path), encoding ?? Encoding.UTF8);

    /// <summary>The bytes of a file, unpacked.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory, not a file.");
        return Unpacked(path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path));
    }

    /// <summary>The bytes of a stream that may be gzip; closed with what is returned.</summary>
    public static Stream Unpacked(Stream stream)
    {
        var buffered = new BufferedStream(stream, 1 << 16);
        var head = new PeekableStream(buffered);
        return head.StartsWithGzip() ? new GZipStream(head, CompressionMode.Decompress) : head;
    }

    /// <summary>A stream whose first two bytes can be looked at before it is read.</summary>
    private sealed class PeekableStream(Stream inner) : Stream
    {
        private readonly byte[] _head = new byte[2];
        private int _known;
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public bool StartsWithGzip()
        {
            _known = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
            return _known == 2 && _head[0] == 0x1F && _head[1] == 0x8B;
        }

        public override int Read(Span<byte> buffer)
        {
            if (_given == _known) return inner.Read(buffer);
            int count = Math.Min(buffer.Length, _known - _given);
            _head.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
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
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
