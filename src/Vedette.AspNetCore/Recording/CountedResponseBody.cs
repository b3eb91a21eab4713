using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Vedette.AspNetCore.Recording;

/// <summary>Passes a response body on and counts its bytes.</summary>
internal sealed class CountedResponseBody : IHttpResponseBodyFeature
{
    private CountedStream? _stream;
    private CountedWriter? _writer;
    private long _sent;

    public CountedResponseBody(IHttpResponseBodyFeature inner) => Inner = inner;

    public IHttpResponseBodyFeature Inner { get; }

    /// <summary>Bytes written so far, by stream, pipe or file.</summary>
    public long Written => _sent + (_stream?.Written ?? 0) + (_writer?.Written ?? 0);

    public Stream Stream => _stream ??= new CountedStream(Inner.Stream);

    public PipeWriter Writer => _writer ??= new CountedWriter(Inner.Writer);

    public Task StartAsync(CancellationToken cancellationToken = default) => Inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => Inner.CompleteAsync();

    public void DisableBuffering() => Inner.DisableBuffering();

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await Inner.SendFileAsync(path, offset, count, cancellationToken);
        _sent += count ?? new FileInfo(path).Length - offset;
    }
}
