using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vedette.Server.Tests.Access;

/// <summary>Clients that begin to speak and then fall silent hold nobody up, and are sent away.</summary>
[Trait("Speed", "Slow")]
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int Clients = 200;

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("POST /logs HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestServer.Token + "\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /logs HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestServer.Token + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    [InlineData("POST /detect HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestServer.Token + "\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestServer.Token + "\r\nContent-Length: 1000\r\n\r\n\n")]
    [InlineData("POST /api/keys HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestServer.Token + "\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("GET /health HTTP/1.1\r\nHost: local")]
    public async Task WhoFallsSilentIsSentAway(string beginning)
    {
        TcpClient[] silent = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => BeginAsync(beginning)));
        Assert.Equal(HttpStatusCode.Created, (await _server.PostAsync("/logs", TestEvents.Ordinary(1))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/logs")).Status);
        string[] answers = await Task.WhenAll(silent.Select(EndAsync));
        Assert.All(answers, static answer => Assert.Matches("^$|^HTTP/1.1 (408|401) ", answer));
        Assert.Equal(1, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await _server.GetAsync("/status")).Body.GetProperty("events").GetProperty("deferred").GetInt32());
    }

    private async Task<TcpClient> BeginAsync(string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    /// <summary>What it is told until the server closes the connection.</summary>
    private static async Task<string> EndAsync(TcpClient client)
    {
        using (client)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            using var answer = new MemoryStream();
            try
            {
                await client.GetStream().CopyToAsync(answer, patience.Token);
            }
            catch (IOException)
            {
                // Reset rather than closed.
            }
            return Encoding.ASCII.GetString(answer.ToArray());
        }
    }
}
