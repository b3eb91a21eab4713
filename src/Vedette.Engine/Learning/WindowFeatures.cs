namespace Vedette.Engine.Learning;

/// <summary>The columns that describe one caller's last minute: eight basic ones, and what the engine remembers of the caller besides.</summary>
/// <remarks>Training and live use read them with the same code. Values are finite; what the log does not tell is 0.</remarks>
public static class WindowFeatures
{
    /// <summary>The basic features come first; a <see cref="SlidingWindow"/> gives them for any requests.</summary>
    public const int BasicCount = 8;

    internal const int ReqCount = 0;
    internal const int ErrorRate = 1;
    internal const int AvgResponseTime = 2;
    internal const int MaxResponseTime = 3;
    internal const int PayloadMean = 4;
    internal const int UniqueEndpoints = 5;
    internal const int RepeatRate = 6;
    internal const int StatusEntropy = 7;

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<Feature> All { get; } =
    [
        new("req_count", "requests", "requests in the minute"),
        new("error_rate", "0 to 1", "share answered with status 400 or above"),
        new("avg_response_time", "ms", "mean server time of the requests whose time is known"),
        new("max_response_time", "ms", "longest server time"),
        new("payload_mean", "bytes", "mean size of the request payloads that are known"),
        new("unique_endpoints", "routes", "different routes asked for; a path without a route counts for itself"),
        new("repeat_rate", "0 to 1", "share of requests for the same path as the request before"),
        new("status_entropy", "bits", "Shannon entropy of the status codes, in sixteen groups"),
    ];
}
