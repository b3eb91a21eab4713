using System.Text;
using System.Text.Json.Nodes;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Elasticsearch;

/// <summary>What goes over the wire, and what happens when it does not get through.</summary>
public sealed class ElasticsearchWireTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly ElasticsearchDouble _server = new();
    private readonly ManualTime _time = new(Noon);
    private Store _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = Create(_server.Address);
        await _store.Events.OpenAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Fail = static _ => 0;
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AnEventIsTwoLinesOfABulkAndTheTemplateCameBefore()
    {
        await _store.Events.AppendAsync(new SampleEvent(Noon.AddMilliseconds(5)) { Method = "POST", Path = "/orders/7", Route = "/orders/{id}", Status = 404, DurationMicros = 1500, User = "ann" });
        (string method, string path, string? type, string body, _) = _server.Requests.Single(static request => request.Path == "_bulk");
        Assert.Equal(("POST", "application/x-ndjson"), (method, type));
        string[] lines = body.Split('\n');
        Assert.Equal((3, ""), (lines.Length, lines[2]));
        JsonNode meta = JsonNode.Parse(lines[0])!["index"]!;
        Assert.Equal("vedette-events-2026-11-21", meta["_index"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{12}-1$", meta["_id"]!.GetValue<string>());
        Assert.Equal("""
            {"@timestamp":1795262400005,"time_ms":1795262400005,"micros":0,"seq":1,"method":"POST","path":"/orders/7","route":"/orders/{id}","route_method":"/orders/{id} POST","user":"ann","principal":"ann","source":"test.log","status":404,"duration":1500,"client":"203.0.113.7","client_text":"203.0.113.7","is_authenticated":true,"score":100,"flags":0,"is_anomaly":false}
            """, lines[1]);
        int template = _server.Requests.FindIndex(static request => request is { Method: "PUT", Path: "_index_template/vedette-events" });
        Assert.InRange(template, 0, _server.Requests.FindIndex(static request => request.Path == "_bulk") - 1);
    }

    [Fact]
    public async Task AQuestionIsAFilteredSearchWithACursor()
    {
        await _store.Events.AppendAsync(Enumerable.Range(0, 3).Select(static i => new SampleEvent(Noon.AddSeconds(i))));
        Page<StoredEvent> page = await _store.Events.QueryAsync(new EventQuery { From = Noon, MinStatus = 200, MaxStatus = 299, ClientIp = "203.0.113.0/24", Text = "50%*" }, new PageRequest(1), default);
        Assert.Empty(page.Items);
        (_, string path, _, string body, _) = _server.Requests.Last(static request => request.Path.Contains("/_search", StringComparison.Ordinal));
        Assert.Equal("vedette-events-*/_search?ignore_unavailable=true&allow_no_indices=true", path);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"query":{"bool":{"filter":[{"range":{"time_ms":{"gte":1795262400000}}},{"range":{"status":{"gte":200,"lte":299}}},
              {"bool":{"should":[{"wildcard":{"path":{"value":"*50%\\**","case_insensitive":true}}},{"wildcard":{"query":{"value":"*50%\\**","case_insensitive":true}}},{"wildcard":{"agent":{"value":"*50%\\**","case_insensitive":true}}}],"minimum_should_match":1}},
              {"range":{"client":{"gte":"203.0.113.0","lte":"203.0.113.255"}}}]}},
             "sort":[{"time_ms":{"order":"desc","unmapped_type":"long"}},{"seq":{"order":"desc","unmapped_type":"long"}}],"size":2,"track_total_hits":false}
            """), JsonNode.Parse(body)), body);
        page = await _store.Events.QueryAsync(new EventQuery(), new PageRequest(2), default);
        await _store.Events.QueryAsync(new EventQuery(), new PageRequest(2, page.NextCursor), default);
        Assert.Equal("[1795262401000,2]", JsonNode.Parse(_server.Requests[^1].Body)!["search_after"]!.ToJsonString());
    }

    [Fact]
    public async Task ItemsRefusedForLoadAreSentAgainAloneAndNothingIsTwice()
    {
        int refusals = 3;
        _server.FailItem = id => id.EndsWith("-2", StringComparison.Ordinal) && refusals-- > 0 ? 429 : 0;
        await _store.Events.AppendAsync(Enumerable.Range(0, 3).Select(static i => new SampleEvent(Noon.AddSeconds(i))));
        Assert.Equal([6, 2, 2, 2], _server.Requests.Where(static request => request.Path == "_bulk").Select(static request => request.Body.Count(static c => c == '\n')));
        Assert.Equal(3, await _store.Events.CountAsync(new EventQuery(), 10, default));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(400)]
    public async Task AGroupOfWhichOneEventFailsIsNotAcknowledgedAndLeavesNothing(int status)
    {
        _server.FailItem = id => id.EndsWith("-2", StringComparison.Ordinal) ? status : 0;
        StoreUnavailableException failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            await _store.Events.AppendAsync([SampleBatch.Append(Enumerable.Range(0, 3).Select(static i => new SampleEvent(Noon.AddSeconds(i))), new Receipt("k", 3, "{}", Noon))], default));
        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Null(await _store.Events.FindReceiptAsync("k", default));
        _server.FailItem = static _ => 0;
        await _store.Events.AppendAsync([SampleBatch.Append(Enumerable.Range(0, 3).Select(static i => new SampleEvent(Noon.AddSeconds(i))), new Receipt("k", 3, "{}", Noon))], default);
        Assert.Equal(3, _server.DocumentsIn("vedette-events-"));
        Assert.NotNull(await _store.Events.FindReceiptAsync("k", default));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task AnOverloadedServerIsAskedAgain(int status)
    {
        int refusals = 2;
        _server.Fail = path => path == "_bulk" && refusals-- > 0 ? status : 0;
        await _store.Events.AppendAsync(new SampleEvent(Noon));
        Assert.Equal(1, await _store.Events.CountAsync(new EventQuery(), 10, default));
    }

    [Fact]
    public async Task AServerThatIsAwayIsUnavailableAndHidesThePassword()
    {
        await using var gone = new ElasticsearchDouble();
        string address = gone.Address.Replace("http://", "http://ann:very-secret@", StringComparison.Ordinal);
        await gone.DisposeAsync();
        await using Store store = Create(address);
        StoreUnavailableException failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Events.OpenAsync(default));
        Assert.DoesNotContain("very-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoSpeaksIsSaidByPasswordOrByKey()
    {
        await using Store byPassword = Create(_server.Address.Replace("http://", "http://ann:s%40crt@", StringComparison.Ordinal) + "/other");
        Assert.Equal("Elasticsearch 8.15.0", await byPassword.Events.VersionAsync(default));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:s@crt")), _server.Requests[^1].Authorization);
        await using Store byKey = StoreFactory.Create(new StorageOptions { Url = _server.Address + "/other", ApiKey = "aWQ6a2V5" }, _time);
        await byKey.Events.OpenAsync(default);
        Assert.Equal("ApiKey aWQ6a2V5", _server.Requests[^1].Authorization);
        // Another prefix is another store: both may write.
        await byKey.Events.AppendAsync(new SampleEvent(Noon));
        Assert.Equal((1, 0), (_server.DocumentsIn("other-events-"), _server.DocumentsIn("vedette-events-")));
    }

    [Fact]
    public async Task ARightToWriteThatWasNotGivenBackRunsOut()
    {
        await _store.Events.AppendAsync(new SampleEvent(Noon));
        await using Store second = Create(_server.Address);
        await second.Events.OpenAsync(default);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await second.Events.AppendAsync(new SampleEvent(Noon)));
        _time.Advance(TimeSpan.FromSeconds(31));
        await second.Events.AppendAsync(new SampleEvent(Noon.AddSeconds(1)));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _store.Events.AppendAsync(new SampleEvent(Noon)));
        Assert.Equal(2, await second.Events.CountAsync(new EventQuery(), 10, default));
    }

    [Theory]
    [InlineData("https://host:9200/Upper")]
    [InlineData("https://host:9200/a/b")]
    [InlineData("https://host:9200?x=1")]
    public void AWrongAddressIsNamedAndNotRepeated(string url)
    {
        string problem = Assert.Single(new StorageOptions { Url = url }.Problems());
        Assert.StartsWith("Storage:Url ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(url, problem, StringComparison.Ordinal);
    }

    private Store Create(string url) => StoreFactory.Create(new StorageOptions { Url = url }, _time);
}
