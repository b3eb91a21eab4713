using System.Net;

namespace Vedette.AspNetCore.Recording;

/// <summary>One call of the application, as it was answered.</summary>
internal sealed record RecordedCall
{
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as sent.</summary>
    public required string Target { get; init; }

    /// <summary>Template of the endpoint that answered; null if none did.</summary>
    public string? Route { get; init; }

    public required int Status { get; init; }

    public required TimeSpan Duration { get; init; }

    public IPAddress? Client { get; init; }

    public string? User { get; init; }

    /// <summary>Hash of the key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>-1 if not known.</summary>
    public long RequestBytes { get; init; } = -1;

    public long ResponseBytes { get; init; }

    public string? UserAgent { get; init; }

    public string? Referer { get; init; }

    public string? Host { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Beginning of the body, where it is sampled.</summary>
    public string? Body { get; init; }
}
