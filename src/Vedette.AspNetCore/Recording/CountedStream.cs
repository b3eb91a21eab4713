namespace Vedette.AspNetCore.Recording;

/// <summary>A stream to write to that counts what is written.</summary>
internal sealed class CountedStream(Stream inner) : Stream
{
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException("A response has no length until it is sent.");

    public override long Position
    {
        get => throw new NotSupportedException("A response cannot be sought in.");
        set => throw new NotSupportedException("A response cannot be sought in.");
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A response cannot be read.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A response cannot be sought in.");

    public override void SetLength(long value) => throw new NotSupportedException("A response has no length until it is sent.");

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        Written += count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Written += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
