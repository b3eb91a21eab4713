using System.Buffers.Binary;

namespace Vedette.Engine.Sources;

/// <summary>Passes compressed bytes on and remembers what is needed to tell whether the data was complete: <c>GZipStream</c> ends silently where the data is cut off.</summary>
internal sealed class GzipWatcher(Stream compressed) : Stream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 4;

    private readonly byte[] _trailer = new byte[TrailerLength];
    private int _members;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// True if the length that ends a gzip member (RFC 1952 §2.3.1, modulo 2^32) is not what was decoded. Of several members joined together only the
    /// last one's length is known, so nothing is claimed about those.
    /// </summary>
    public bool IsCutOff(long decodedLength) => _members <= 1 && BinaryPrimitives.ReadUInt32LittleEndian(_trailer) != (uint)decodedLength;

    public override int Read(Span<byte> buffer)
    {
        int read = compressed.Read(buffer);
        ReadOnlySpan<byte> data = buffer[..read];
        CountMembers(data);
        int kept = Math.Min(read, TrailerLength);
        _trailer.AsSpan(kept).CopyTo(_trailer);
        data[^kept..].CopyTo(_trailer.AsSpan(TrailerLength - kept));
        return read;
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
        if (disposing) compressed.Dispose();
        base.Dispose(disposing);
    }

    // Compressed data looks like a whole header once in some ten billion bytes; then a cut off file goes without its warning.
    private void CountMembers(ReadOnlySpan<byte> data)
    {
        if (_members == 0 && data.Length > 0) _members = 1;
        int at = 1;
        while (at < data.Length && data[at..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) is var found and >= 0)
        {
            at += found;
            if (at + HeaderLength <= data.Length && data[at + 3] < 0x20 && data[at + 8] is 0 or 2 or 4 && data[at + 9] is < 14 or 255) _members++;
            at++;
        }
    }
}
