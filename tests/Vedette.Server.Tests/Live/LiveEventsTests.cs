using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Vedette.Server.Tests.Live;

public sealed class LiveEventsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "C10")]
    public async Task AnIncidentReachesASocket()
    {
        using ClientWebSocket socket = await ConnectAsync();
        await _server.PostAsync("/logs", TestEvents.Attack(1));
        JsonElement message = await NextAsync(socket, "incident");
        Assert.Equal("sql_injection", message.GetProperty("data").GetProperty("type").GetString());
        Assert.True(message.GetProperty("seq").GetInt64() > 0);
    }

    [Fact]
    public async Task StatisticsComeEverySecond()
    {
        using ClientWebSocket socket = await ConnectAsync();
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Ordinary(2, status: 500)));
        JsonElement stats = (await NextAsync(socket, "stats")).GetProperty("data");
        while (stats.GetProperty("total_requests").GetInt64() < 2) stats = (await NextAsync(socket, "stats")).GetProperty("data");
        Assert.Equal("warmup", stats.GetProperty("phase").GetString());
        Assert.Equal(1, stats.GetProperty("live_clients").GetInt32());
    }

    [Fact]
    public async Task WhatWasMissedComesWhenAskedFor()
    {
        long seq;
        using (ClientWebSocket first = await ConnectAsync())
        {
            await _server.PostAsync("/logs", TestEvents.Attack(1));
            seq = (await NextAsync(first, "incident")).GetProperty("seq").GetInt64();
        }
        await _server.PostAsync("/logs", TestEvents.Attack(2, client: "203.0.113.77"));
        await _server.UntilAsync(async () => (await _server.GetAsync("/api/incidents?actor=203.0.113.77")).Body.GetProperty("items").GetArrayLength() > 0, "the second incident");
        using ClientWebSocket second = await ConnectAsync();
        await second.SendAsync(Encoding.UTF8.GetBytes($$"""{"since":{{seq}}}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        JsonElement missed = await NextAsync(second, "incident");
        Assert.Equal("203.0.113.77", missed.GetProperty("data").GetProperty("actor").GetProperty("value").GetString());
    }

    [Fact]
    public async Task TheSameComesAsServerSentEvents()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events?since=0");
        await _server.PostAsync("/logs", TestEvents.Attack(1));
        using HttpResponseMessage response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        string? line;
        while ((line = await reader.ReadLineAsync()) is not "event: incident") Assert.NotNull(line);
        Assert.StartsWith("id: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("sql_injection", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", null, HttpStatusCode.Unauthorized)]
    public async Task ASocketNeedsAKey(string? key, string? origin, HttpStatusCode expected)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (key is not null) socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress, CancellationToken.None));
        Assert.Equal(expected, socket.HttpStatusCode);
    }

    [Fact]
    public async Task AForeignPageGetsNoSocketWithACookie()
    {
        using HttpResponseMessage signedIn = await _server.Client.PostAsync("/api/session", new StringContent($$"""{"key":"{{TestServer.Token}}"}"""));
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        foreach ((string origin, bool isOwn) in new[] { ("https://evil.example", false), (_server.Address.GetLeftPart(UriPartial.Authority), true) })
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Cookie", cookie);
            socket.Options.SetRequestHeader("Origin", origin);
            Exception? refused = await Record.ExceptionAsync(() => socket.ConnectAsync(SocketAddress, CancellationToken.None));
            Assert.Equal(isOwn, refused is null);
        }
    }

    [Fact]
    public async Task NonsenseEndsTheConnectionAndNothingElse()
    {
        using ClientWebSocket socket = await ConnectAsync();
        await socket.SendAsync(new byte[4096], WebSocketMessageType.Binary, true, CancellationToken.None);
        var buffer = new byte[1 << 16];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType == WebSocketMessageType.Close) break;
            }
            catch (WebSocketException)
            {
                break;
            }
        }
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/health")).Status);
        await _server.UntilAsync(() => Task.FromResult(_server.Server.Live.Readers == 0), "the reader to be forgotten");
    }

    private Uri SocketAddress => new UriBuilder(_server.Address) { Scheme = "ws", Path = "/ws" }.Uri;

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + TestServer.Token);
        await socket.ConnectAsync(SocketAddress, CancellationToken.None);
        return socket;
    }

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket, string type)
    {
        var buffer = new byte[1 << 18];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            int length = 0;
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length).ToArraySegment(), patience.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);
            JsonElement message = JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement.Clone();
            if (message.GetProperty("type").GetString() == type) return message;
        }
    }
}

file static class Memories
{
    public static ArraySegment<byte> ToArraySegment(this Memory<byte> memory) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment) ? segment : throw new ArgumentException("not an array", nameof(memory));
}
