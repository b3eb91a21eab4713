using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Vedette.Server.Otlp;
using Vedette.Server.Otlp.Wire;

namespace Vedette.Server.Tests.Otlp;

public sealed class OtlpApiTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task AServerSpanBecomesAnEventAndAClientSpanDoesNot()
    {
        var scope = new ScopeSpans { Spans = { SpanOf(kind: 2, "/orders/7"), SpanOf(kind: 3, "/elsewhere") } };
        using HttpResponseMessage answer = await SendAsync("/v1/traces", new TraceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { scope } } } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(TraceAnswer.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync()).PartialSuccess);
        JsonElement row = Assert.Single((await RowsAsync()).EnumerateArray());
        Assert.Equal("/orders/7", row.GetProperty("path").GetString());
        Assert.Equal("/orders/{id}", row.GetProperty("endpoint").GetString());
        Assert.Equal(12.5, row.GetProperty("duration_ms").GetDouble());
        Assert.Equal(200, row.GetProperty("status").GetInt32());
        Assert.Equal("198.51.100.4", row.GetProperty("client_ip").GetString());
    }

    [Fact]
    public async Task TheSameInJson()
    {
        const string body = """
            {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"x"},"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"GET /a","kind":2,
            "startTimeUnixNano":"1777896000000000000","endTimeUnixNano":"1777896000020000000","attributes":[{"key":"http.method","value":{"stringValue":"GET"}},{"key":"http.target","value":{"stringValue":"/a?b=1"}},
            {"key":"http.status_code","value":{"intValue":"404"}}]}]}]}]}
            """;
        (HttpStatusCode status, _) = await _server.PostAsync("/v1/traces", body);
        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement row = Assert.Single((await RowsAsync()).EnumerateArray());
        Assert.Equal("/a", row.GetProperty("path").GetString());
        Assert.Equal("b=1", row.GetProperty("query").GetString());
        Assert.Equal(404, row.GetProperty("status").GetInt32());
        Assert.Equal(20, row.GetProperty("duration_ms").GetDouble());
    }

    [Fact]
    public async Task ALogRecordWithAnAccessLogLineIsRead()
    {
        var record = new LogRecord { TimeUnixNano = 1_777_896_000_000_000_000, Body = Text("198.51.100.9 - - [04/May/2026:12:00:00 +0000] \"GET /b HTTP/1.1\" 200 12 \"-\" \"curl/8\"") };
        var other = new LogRecord { TimeUnixNano = 1_777_896_000_000_000_000, Body = Text("started") };
        using HttpResponseMessage answer = await SendAsync("/v1/logs", new LogsRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { record, other } } } } } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/b", Assert.Single((await RowsAsync()).EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task WhatIsNoMessageIsRefused()
    {
        using var content = new ByteArrayContent([0xFF, 0xFF, 0xFF]);
        content.Headers.ContentType = new("application/x-protobuf");
        using HttpResponseMessage answer = await _server.Client.PostAsync(new Uri("/v1/traces", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using HttpClient nobody = _server.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PostAsync("/v1/traces", "{}", nobody)).Status);
    }

    [Theory]
    [InlineData("/v1/traces")]
    [InlineData("/v1/logs")]
    public async Task ABombIsRefused(string path)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(new byte[64 << 20]);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage answer = await _server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public void AFrameDoesNotUnfoldBeyondTheLimit()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(new byte[1 << 20]);
        byte[] frame = GrpcFrame.Write(packed.ToArray());
        frame[0] = 1;
        Assert.Equal(1 << 20, GrpcFrame.Read(frame, 1 << 20).Length);
        Assert.Throws<InvalidDataException>(() => { GrpcFrame.Read(frame, (1 << 20) - 1); });
    }

    [Theory]
    [InlineData("{\"resourceSpans\":")]
    [InlineData("{\"resourceSpans\":7}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":2,\"startTimeUnixNano\":\"-1\"}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":99999999999}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceState\":{}}]}]}]}")]
    [InlineData("[]")]
    public async Task WrongJsonIsRefused(string body)
    {
        (HttpStatusCode status, JsonElement problem) = await _server.PostAsync("/v1/traces", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("$", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public void AFrameHoldsOneMessageAndNoMore()
    {
        byte[] frame = GrpcFrame.Write([1, 2, 3]);
        Assert.Equal([1, 2, 3], GrpcFrame.Read(frame, 100).ToArray());
        Assert.Throws<InvalidDataException>(() => { GrpcFrame.Read(frame.AsSpan(0, 6), 100); });
        Assert.Throws<InvalidDataException>(() => { GrpcFrame.Read(new byte[3], 100); });
        frame[0] = 7;
        Assert.Throws<InvalidDataException>(() => { GrpcFrame.Read(frame, 100); });
    }

    private async Task<JsonElement> RowsAsync() => (await _server.GetAsync("/logs")).Body.GetProperty("items");

    private Task<HttpResponseMessage> SendAsync(string path, IMessage message)
    {
        var content = new ByteArrayContent(message.ToByteArray());
        content.Headers.ContentType = new("application/x-protobuf");
        return _server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static Span SpanOf(int kind, string path) => new()
    {
        Kind = kind,
        StartTimeUnixNano = 1_777_896_000_000_000_000,
        EndTimeUnixNano = 1_777_896_000_012_500_000,
        Attributes =
        {
            new KeyValue { Key = "http.request.method", Value = Text("GET") },
            new KeyValue { Key = "url.path", Value = Text(path) },
            new KeyValue { Key = "http.route", Value = Text("/orders/{id}") },
            new KeyValue { Key = "http.response.status_code", Value = new AnyValue { IntValue = 200 } },
            new KeyValue { Key = "client.address", Value = Text("198.51.100.4") },
        },
    };

    private static AnyValue Text(string text) => new() { StringValue = text };
}
