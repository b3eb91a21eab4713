using System.Net;
using System.Text;
using System.Text.Json;

namespace Vedette.Server.Tests.Durability;

/// <summary>Sends numbered events and remembers which were acknowledged, to see later whether each is there, once.</summary>
internal sealed class AcknowledgedEvents
{
    private readonly List<string> _acknowledged = [];
    private int _sent;

    /// <summary>Sends some events in one request, with a text of this length each.</summary>
    public async Task<HttpResponseMessage> SendAsync(TestServer server, int count = 1, int size = 0)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => $"e{++_sent}")];
        string path = "/" + new string('x', size);
        HttpResponseMessage answer = await server.Client.PostAsync("/logs", new StringContent(TestEvents.Lines(ids.Select(id => TestEvents.Ordinary(_sent, path, user: id))), Encoding.UTF8, "application/x-ndjson"));
        if (answer.StatusCode == HttpStatusCode.Created) _acknowledged.AddRange(ids);
        return answer;
    }

    /// <summary>Acknowledged events are stored exactly once, and nothing is stored twice.</summary>
    public async Task AssertStoredAsync(TestServer server)
    {
        Dictionary<string, int> stored = await StoredAsync(server);
        Assert.NotEmpty(_acknowledged);
        Assert.Empty(_acknowledged.Where(id => !stored.ContainsKey(id)));
        Assert.DoesNotContain(stored, static pair => pair.Value > 1);
    }

    /// <summary>How often each id is in the store.</summary>
    public static async Task<Dictionary<string, int>> StoredAsync(TestServer server)
    {
        var stored = new Dictionary<string, int>();
        for (string? cursor = null; ;)
        {
            JsonElement page = (await server.GetAsync("/logs?limit=1000" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)))).Body;
            foreach (JsonElement row in page.GetProperty("items").EnumerateArray())
            {
                string id = row.GetProperty("user").GetString()!;
                stored[id] = stored.GetValueOrDefault(id) + 1;
            }
            cursor = page.GetProperty("next_cursor").GetString();
            if (cursor is null) return stored;
        }
    }
}
