using System.Net;
using System.Text.Json;

namespace Vedette.Server.Tests.Api;

public sealed class QueryStringTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EveryCallRefusesAParameterItDoesNotKnow()
    {
        (_, JsonElement document) = await _server.GetAsync("/openapi/v1.json");
        var taken = new List<string>();
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            // A page is shown whatever somebody hangs on its address.
            if (path.Name == "/") continue;
            foreach (JsonProperty call in path.Value.EnumerateObject())
            {
                (HttpStatusCode status, JsonElement problem) = await _server.SendAsync(new HttpMethod(call.Name.ToUpperInvariant()), path.Name.Replace("{**", "{", StringComparison.Ordinal) + "?nonsense=1", null);
                // An answer to HEAD has no body that could say why.
                bool isNamed = call.Name == "head" || status == HttpStatusCode.BadRequest && problem.GetProperty("errors")[0].GetProperty("field").GetString() == "nonsense";
                if (status != HttpStatusCode.BadRequest || !isNamed) taken.Add($"{status} {call.Name} {path.Name}");
            }
        }
        Assert.Empty(taken);
    }
}
