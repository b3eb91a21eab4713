using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Server.Live;

namespace Vedette.Server.Api;

/// <summary><c>/ws</c> and <c>/api/events</c>: what happens, as it happens.</summary>
internal sealed class LiveEvents(LiveFeed feed, CancellationToken stopping)
{
    private const int MaxClientMessage = 1024;

    private static readonly QuerySchema Query = new(QueryParameter.Text("since", "Number of the last message that was seen."));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ws", SocketAsync).Describe(Role.Viewer, "WebSocket with messages {type, data, seq}: incident, anomaly, stats, phase. Send {\"since\": seq} for what was missed.").With(Query).Produces(StatusCodes.Status101SwitchingProtocols);
        routes.MapGet("/api/events", StreamAsync).Describe(Role.Viewer, "The same as server-sent events; Last-Event-ID is honored.").With(Query).Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
    }

    private async Task SocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problem.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket; /api/events has the same as server-sent events.");
            return;
        }
        if (await ConnectAsync(context, null) is not { } reader) return;
        try
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
            Task receiving = ReceiveAsync(socket, reader, ended);
            await SendAsync(socket, reader, ended.Token);
            await CloseAsync(socket);
            await ended.CancelAsync();
            await receiving;
        }
        finally
        {
            feed.Disconnect(reader);
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (await ConnectAsync(context, context.Request.Headers["Last-Event-ID"]) is not { } reader) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await context.Response.WriteAsync("retry: 2000\n\n", ended.Token);
            while (true)
            {
                await context.Response.Body.FlushAsync(ended.Token);
                foreach (LiveMessage message in await reader.NextAsync(ended.Token))
                {
                    await context.Response.WriteAsync($"event: {message.Type}\nid: {message.Sequence}\ndata: ", ended.Token);
                    await context.Response.Body.WriteAsync(message.Data, ended.Token);
                    await context.Response.WriteAsync("\n\n", ended.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the server stops.
        }
        finally
        {
            feed.Disconnect(reader);
        }
    }

    private async ValueTask<LiveReader?> ConnectAsync(HttpContext context, string? lastId)
    {
        QueryValues query = QueryValues.Of(context);
        long? since = long.TryParse(lastId ?? query.Text("since"), out long number) ? number : null;
        if (feed.Connect(since) is { } reader) return reader;
        context.Response.Headers.RetryAfter = "10";
        await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "There are too many live readers (Server:MaxLiveClients).");
        return null;
    }

    private static async Task SendAsync(WebSocket socket, LiveReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (socket.State == WebSocketState.Open)
                foreach (LiveMessage message in await reader.NextAsync(cancellationToken))
                    await socket.SendAsync(message.Text, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The reader has gone, or the server stops.
        }
    }

    /// <summary>Reads what the client asks for; ends the connection when it closes or sends nonsense.</summary>
    private static async Task ReceiveAsync(WebSocket socket, LiveReader reader, CancellationTokenSource ended)
    {
        var buffer = new byte[MaxClientMessage];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), ended.Token);
                if (received.MessageType != WebSocketMessageType.Text || !received.EndOfMessage) break;
                if (TryReadSince(buffer.AsSpan(0, received.Count), out long since)) reader.Seek(since);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Nothing more to read.
        }
        await ended.CancelAsync();
    }

    private static bool TryReadSince(ReadOnlySpan<byte> text, out long since)
    {
        since = 0;
        try
        {
            var json = new Utf8JsonReader(text);
            while (json.Read())
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("since"u8) && json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out since)) return true;
        }
        catch (JsonException)
        {
            return false;
        }
        return false;
    }

    private static async ValueTask CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the connection ends", patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
