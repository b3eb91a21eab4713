using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Vedette.Server.Tests.Api;

public sealed class LogsTests : IAsyncLifetime
{
    private const string Combined = "198.51.100.4 - ann [04/May/2026:12:00:00 +0000] \"GET /a?x=1 HTTP/1.1\" 200 12 \"-\" \"curl/8\"";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "application/json", TestEvents.Ordinary(1), 1 },
        { "application/json", $"[{TestEvents.Ordinary(1)},{TestEvents.Ordinary(2)}]", 2 },
        { "application/json", $"{{\"logs\":[{TestEvents.Ordinary(1)},\n{TestEvents.Ordinary(2)}],\"more\":{{}}}}", 2 },
        { "application/x-ndjson", TestEvents.Lines(TestEvents.Ordinary(1), "", TestEvents.Ordinary(2) + "\r", TestEvents.Ordinary(3)), 3 },
        { "application/json", TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Ordinary(2)) + "\n", 2 },
        { "text/plain", Combined + "\n" + Combined + "\n", 2 },
        { "application/x-www-form-urlencoded", TestEvents.Ordinary(1), 1 },
        { "application/json", $"{{\"logs\":[{JsonSerializer.Serialize(Combined)}]}}", 1 },
        { "application/json", "{\"user_id\":\"u\",\"endpoint\":\"/login\",\"method\":\"POST\",\"status_code\":401,\"response_time\":0.25,\"ip_address\":\"203.0.113.1\",\"request_size\":10}", 1 },
        { "application/json", "\uFEFF [" + TestEvents.Ordinary(1) + "] ", 1 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    [Trait("Row", "A5")]
    public async Task EveryShapeOfTrafficIsTaken(string type, string body, int events)
    {
        (HttpStatusCode status, JsonElement answer) = await _server.PostAsync("/logs", body, type: type);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(events, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(0, answer.GetProperty("rejected").GetArrayLength());
        (_, JsonElement list) = await _server.GetAsync("/logs");
        Assert.Equal(events, list.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task WhatIsAnsweredIsStoredWithItsRouteAndUnits()
    {
        await _server.PostAsync("/logs", "{\"timestamp\":1777896000,\"user_id\":\"u7\",\"url\":\"https://shop.example/orders/1842?b=2\",\"method\":\"post\",\"status_code\":201,\"response_time\":0.25,\"ip_address\":\"2001:db8::1\"}");
        (_, JsonElement list) = await _server.GetAsync("/api/logs");
        JsonElement row = list.GetProperty("items")[0];
        Assert.Equal("2026-05-04T12:00:00.000Z", row.GetProperty("timestamp").GetString());
        Assert.Equal("/orders/{id}", row.GetProperty("endpoint").GetString());
        Assert.Equal("b=2", row.GetProperty("query").GetString());
        Assert.Equal(250, row.GetProperty("duration_ms").GetDouble());
        Assert.Equal("2001:db8::1", row.GetProperty("client_ip").GetString());
        Assert.Equal("u7", row.GetProperty("user").GetString());
        Assert.False(row.GetProperty("is_anomaly").GetBoolean());
    }

    [Fact]
    public async Task BadEventsAreNamedAndTheOthersTaken()
    {
        string body = $"[{TestEvents.Ordinary(1)},{{\"method\":\"GET\",\"path\":\"/\",\"status\":9999}},{{\"method\":\"GET\",\"status\":200}},{{\"path\":\"/\",\"timestamp\":\"never\"}},7]";
        (HttpStatusCode status, JsonElement answer) = await _server.PostAsync("/logs", body);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal([(1, "status"), (2, "path"), (3, "timestamp"), (4, null)],
            answer.GetProperty("rejected").EnumerateArray().Select(static entry => (entry.GetProperty("index").GetInt32(), entry.GetProperty("field").GetString())));
    }

    [Theory]
    [InlineData("{\"method\":\"GET\",\"path\":\"/\",\"status\":9999}", "status")]
    [InlineData("[{\"path\":\"/\",\"timestamp\":\"never\"}]", "[0].timestamp")]
    [InlineData("{\"logs\":[{\"status\":200,\"method\":\"GET\"}]}", "logs[0].path")]
    [InlineData("{\"path\":\"/\",\"timestamp\":\"2999-01-01T00:00:00Z\"}", "timestamp")]
    [InlineData("{\"endpoint\":7}", "endpoint")]
    [InlineData("[{\"path\":\"/\",\"status\":true}]", "[0].status")]
    [InlineData("{\"logs\":[{\"path\":[\"/\"]}]}", "logs[0].path")]
    [InlineData("{\"path\":\"/\",\"status\":{\"value\":200}}", "status")]
    [InlineData("{\"path\":\"/\",\"client_ip\":3405803785}", "client_ip")]
    [InlineData("{\"path\":\"/\",\"duration_ms\":-1}", "duration_ms")]
    [InlineData("{\"path\":", "$")]
    [InlineData("[1,2", "$")]
    [InlineData("", "$")]
    [InlineData("  \n ", "$")]
    [InlineData("{\"path\":\"/\"} trailing", "line 1")]
    public Task ABodyWithoutAnEventIsAProblemThatNamesTheField(string body, string field) => _server.AssertRefusedAsync("/logs", body, field);

    [Fact]
    public async Task GzipIsReadAndABombRefused()
    {
        (HttpStatusCode status, JsonElement answer) = await _server.SendAsync(HttpMethod.Post, "/logs", Gzip(Encoding.UTF8.GetBytes(TestEvents.Ordinary(1))));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        (status, _) = await _server.SendAsync(HttpMethod.Post, "/logs", Gzip(new byte[64 << 20]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        var broken = new ByteArrayContent([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        broken.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync(HttpMethod.Post, "/logs", broken)).Status);
        var unknown = new StringContent("x");
        unknown.Headers.ContentEncoding.Add("compress");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _server.SendAsync(HttpMethod.Post, "/logs", unknown)).Status);
    }

    [Fact]
    public async Task ARepeatedRequestIsAnsweredTheSameAndChangesNothing()
    {
        async Task<(string, bool)> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/logs") { Content = new StringContent(TestEvents.Ordinary(1)) };
            request.Headers.Add("Idempotency-Key", "batch 17");
            using HttpResponseMessage response = await _server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            return (await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotent-Replayed"));
        }

        (string first, bool wasReplayed) = await SendAsync();
        (string second, bool isReplayed) = await SendAsync();
        Assert.Equal(first, second);
        Assert.False(wasReplayed);
        Assert.True(isReplayed);
        Assert.Equal(1, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("status=5xx", 2)]
    [InlineData("status=404", 1)]
    [InlineData("method=GET", 6)]
    [InlineData("client_ip=203.0.113.0/24", 2)]
    [InlineData("client_ip=203.0.113.9", 2)]
    [InlineData("user=bob", 1)]
    [InlineData("endpoint=/orders/{id}", 4)]
    [InlineData("q=UNION%20SELECT", 2)]
    [InlineData("is_anomaly=true", 2)]
    [InlineData("min_duration_ms=10", 4)]
    [InlineData("from=2026-05-04T12:00:03Z&to=2026-05-04T12:00:05Z", 2)]
    [InlineData("user=%27%20OR%201=1--", 0)]
    public async Task FiltersSelect(string query, int expected)
    {
        await _server.PostAsync("/logs", TestEvents.Lines(
            TestEvents.Ordinary(0), TestEvents.Ordinary(1, status: 500), TestEvents.Ordinary(2, status: 503, user: "bob"), TestEvents.Ordinary(3, status: 404), TestEvents.Attack(4), TestEvents.Attack(5)));
        (HttpStatusCode status, JsonElement list) = await _server.GetAsync("/logs?" + query);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, list.GetProperty("items").GetArrayLength());
    }

    [Fact]
    [Trait("Row", "A5")]
    public async Task PagesAndCursorsCoverEverythingOnce()
    {
        await _server.PostAsync("/logs", TestEvents.Lines(Enumerable.Range(0, 25).Select(static i => TestEvents.Ordinary(i))));
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            (_, JsonElement part) = await _server.GetAsync("/logs?limit=10" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            seen.AddRange(part.GetProperty("items").EnumerateArray().Select(static row => row.GetProperty("timestamp").GetString()!));
            cursor = part.GetProperty("next_cursor").GetString();
            if (cursor is null) break;
        }
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(static i => TestEvents.Time(i)), seen);
        (_, JsonElement page) = await _server.GetAsync("/logs?page=3&page_size=10");
        Assert.Equal(5, page.GetProperty("items").GetArrayLength());
        Assert.Equal((3, 10, 25, true), (page.GetProperty("page").GetInt32(), page.GetProperty("page_size").GetInt32(), page.GetProperty("total").GetInt32(), page.GetProperty("total_is_exact").GetBoolean()));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-05-05T00:00:00Z&to=2026-05-04T00:00:00Z", "from")]
    [InlineData("status=600", "status")]
    [InlineData("status=9xx", "status")]
    [InlineData("client_ip=everybody", "client_ip")]
    [InlineData("user=a&user=b", "user")]
    [InlineData("nonsense=1", "nonsense")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=nonsense&page=2", "cursor")]
    [InlineData("min_duration_ms=NaN", "min_duration_ms")]
    public async Task AWrongParameterIsNamed(string query, string field)
    {
        (HttpStatusCode status, JsonElement problem) = await _server.GetAsync("/logs?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task TheBooksBalance()
    {
        await _server.PostAsync("/logs", TestEvents.Lines(TestEvents.Ordinary(1), "garbage", TestEvents.Ordinary(2)));
        (_, JsonElement status) = await _server.GetAsync("/status");
        JsonElement books = status.GetProperty("events");
        Assert.Equal((3, 2, 0, 1), (books.GetProperty("received").GetInt32(), books.GetProperty("analysed").GetInt32(), books.GetProperty("deferred").GetInt32(), books.GetProperty("rejected").GetInt32()));
        JsonElement source = status.GetProperty("sources")[0];
        Assert.Equal((3, 1), (source.GetProperty("events").GetInt32(), source.GetProperty("rejected").GetInt32()));
    }

    private static ByteArrayContent Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
