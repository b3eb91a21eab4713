using Microsoft.AspNetCore.Http;
using Vedette.Engine;
using Vedette.Engine.Incidents;

namespace Vedette.AspNetCore;

/// <summary>How the calls of this application are watched. Without a <see cref="Server"/> the engine runs inside the application.</summary>
public sealed class VedetteOptions
{
    /// <summary>Address of a Vedette server, such as <c>https://vedette.internal:8080</c>. Default none: the calls are analysed in this process.</summary>
    public Uri? Server { get; set; }

    /// <summary>Key of role <c>ingest</c> for <see cref="Server"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Key of role <c>bouncer</c> for <see cref="Server"/>: with it the server's bans and throttles are enforced here. Default none: nothing is refused.</summary>
    public string? DecisionsKey { get; set; }

    /// <summary>How often decisions are fetched. Default ten seconds, at least one.</summary>
    public TimeSpan DecisionsInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second that a throttled caller may still make, at least 0.01. Default 1, with bursts of five.</summary>
    public double ThrottledRate { get; set; } = 1;

    /// <summary>Settings of the engine in this process. Unused with a <see cref="Server"/>.</summary>
    public EngineOptions Engine { get; set; } = new();

    /// <summary>Called with each incident the engine in this process raises, and again when it has grown. On a background thread, one call after the other.</summary>
    public Action<Incident>? OnIncident { get; set; }

    /// <summary>Calls that wait at most; further ones are not recorded, and counted as dropped. Default 10,000.</summary>
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>Calls delivered together at most. Default 1,000.</summary>
    public int BatchSize { get; set; } = 1_000;

    /// <summary>How long a call waits for others to be delivered with it. Default half a second.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes of JSON and form bodies that are looked at, up to 65,536. Default 0: bodies are not touched. Attacks inside bodies are seen only with a sample.</summary>
    public int BodySampleBytes { get; set; }

    /// <summary>Who is calling. Default the name of the authenticated identity.</summary>
    public Func<HttpContext, string?> User { get; set; } = static context => context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null;

    /// <summary>Calls to leave out, such as health checks of the platform. Default none.</summary>
    public Func<HttpContext, bool>? Skip { get; set; }

    internal IEnumerable<string> Problems()
    {
        if (Server is not null && !(Server.IsAbsoluteUri && Server.Scheme is "http" or "https")) yield return $"Server is '{Server}'; it must begin with http:// or https://.";
        if (Server is not null && string.IsNullOrEmpty(ApiKey)) yield return "ApiKey is not set; a server needs a key of role ingest ('vedette keys create --role ingest').";
        if (Server is null && DecisionsKey is not null) yield return "DecisionsKey is set without a Server to fetch decisions from.";
        if (DecisionsInterval < TimeSpan.FromSeconds(1)) yield return $"DecisionsInterval is {DecisionsInterval}; it must be at least one second.";
        if (!(ThrottledRate >= 0.01)) yield return $"ThrottledRate is {ThrottledRate}; it must be at least 0.01 requests a second.";
        if (QueueCapacity < 1) yield return $"QueueCapacity is {QueueCapacity}; it must be at least 1.";
        if (BatchSize is < 1 or > 10_000) yield return $"BatchSize is {BatchSize}; it must be between 1 and 10,000.";
        if (FlushInterval <= TimeSpan.Zero) yield return $"FlushInterval is {FlushInterval}; it must be positive.";
        if (BodySampleBytes is < 0 or > 65_536) yield return $"BodySampleBytes is {BodySampleBytes}; it must be between 0 and 65,536.";
    }
}
