using System.Net;
using System.Net.Http.Headers;

namespace Vedette.Server.Alerts;

/// <summary>Posts JSON to one configured address, and to no other: redirects are not followed.</summary>
internal sealed class AlertHttp(string url) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 16 })
    {
        // The courier bounds the time of a whole delivery.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 << 10,
    };

    /// <exception cref="HttpRequestException">It was not taken; the message tells the status alone, since the address may be a secret.</exception>
    public async ValueTask PostAsync(byte[] json, Action<HttpRequestHeaders>? addHeaders, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Vedette", Api.ServiceState.Version));
        addHeaders?.Invoke(request.Headers);
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"It was answered {(int)response.StatusCode}.", null, (HttpStatusCode?)response.StatusCode);
    }

    public void Dispose() => _client.Dispose();
}
