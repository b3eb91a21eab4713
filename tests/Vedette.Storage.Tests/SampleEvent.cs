using Vedette.Engine.Signatures;

namespace Vedette.Storage.Tests;

/// <summary>An event as a test writes it down; what is null is absent.</summary>
internal sealed record SampleEvent(DateTimeOffset Time)
{
    public string? Method { get; init; } = "GET";

    public string? Path { get; init; } = "/";

    public string? Query { get; init; }

    public string? Route { get; init; }

    public int Status { get; init; } = 200;

    public long? DurationMicros { get; init; }

    public string? Client { get; init; } = "203.0.113.7";

    public string? User { get; init; }

    public string? Session { get; init; }

    public string? ApiKey { get; init; }

    public long? RequestBytes { get; init; }

    public long? ResponseBytes { get; init; }

    public string? Agent { get; init; }

    public string? Referer { get; init; }

    public string? Host { get; init; }

    public string? Protocol { get; init; }

    public string? Headers { get; init; }

    public string? Body { get; init; }

    public PayloadClasses Payloads { get; init; }

    public float Score { get; init; } = 0.01f;

    public bool IsLate { get; init; }
}
