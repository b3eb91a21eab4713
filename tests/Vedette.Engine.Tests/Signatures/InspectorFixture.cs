using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

/// <summary>One inspector for all tests, and short ways to ask it.</summary>
internal static class InspectorFixture
{
    public static readonly RequestInspector Inspector = new();

    /// <summary>The verdict on <c>GET /search?q=VALUE</c>, the value percent-encoded.</summary>
    public static Inspection Value(string value) => Query("q=" + Uri.EscapeDataString(value));

    public static Inspection Query(string query) => Request(query: query);

    public static Inspection Request(string path = "/search", string? query = null, string? body = null, string? agent = null, string? referer = null, string? cookies = null, string? headers = null, RequestMethod method = default)
    {
        var batch = new EventBatch(1 << 12, 1);
        var request = Make(batch, path, query, body, agent, referer, cookies, headers) with { Method = method };
        InspectionScratch? scratch = null;
        Inspector.Inspect(batch, request, ref scratch, out var result);
        return result;
    }

    public static HttpEvent Make(EventBatch batch, string path, string? query = null, string? body = null, string? agent = null, string? referer = null, string? cookies = null, string? headers = null) => new()
    {
        Path = Append(batch, path),
        Query = Append(batch, query),
        Body = Append(batch, body),
        UserAgent = Append(batch, agent),
        Referer = Append(batch, referer),
        Cookies = Append(batch, cookies),
        Headers = Append(batch, headers),
    };

    private static Utf8Slice Append(EventBatch batch, string? text) => text is null ? default : batch.Append(Encoding.UTF8.GetBytes(text));
}
