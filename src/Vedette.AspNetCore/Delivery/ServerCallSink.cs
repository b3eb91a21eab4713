using System.IO.Compression;
using System.Net.Http.Headers;
using Vedette.AspNetCore.Recording;

namespace Vedette.AspNetCore.Delivery;

/// <summary>Sends the calls to a server as compressed JSON lines. A batch that is sent again carries the same idempotency key, so it counts once.</summary>
internal sealed class ServerCallSink : ICallSink, IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _logs;
    private readonly MemoryStream _body = new();
    private readonly CallWriter _writer = new();
    private IReadOnlyList<RecordedCall>? _current;
    private string _key = "";

    public ServerCallSink(VedetteOptions options)
    {
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _logs = new Uri(options.Server!, "/logs");
    }

    public async ValueTask DeliverAsync(IReadOnlyList<RecordedCall> calls, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(calls, _current))
        {
            _current = calls;
            _key = Guid.NewGuid().ToString("N");
            Compress(calls);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, _logs) { Content = new ByteArrayContent(_body.GetBuffer(), 0, (int)_body.Length) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add("Idempotency-Key", _key);
        using HttpResponseMessage answer = await _client.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{_logs} answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        _current = null;
    }

    public void Dispose()
    {
        _client.Dispose();
        _writer.Dispose();
        _body.Dispose();
    }

    private void Compress(IReadOnlyList<RecordedCall> calls)
    {
        _body.SetLength(0);
        using var gzip = new GZipStream(_body, CompressionLevel.Fastest, leaveOpen: true);
        foreach (RecordedCall call in calls)
        {
            gzip.Write(_writer.Write(call));
            gzip.Write("\n"u8);
        }
    }
}
