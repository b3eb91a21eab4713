namespace Vedette.Lab.Datasets;

/// <summary>The columns of a data set, in order: the fields of an event, its labels, the last minute of its caller.</summary>
public static class DatasetColumn
{
    /// <summary>1 for a request of an attack, 0 for any other.</summary>
    public const string Label = "label";

    /// <summary>Type of the attack; <c>normal</c> for other requests, <c>anomalous</c> where the source names no type.</summary>
    public const string Type = "type";

    /// <summary>Variant of the attack, or the honest episode or fault the request belongs to.</summary>
    public const string Scenario = "scenario";

    /// <summary>How easy the attack is to notice.</summary>
    public const string Intensity = "intensity";

    /// <summary>Entries of the OWASP API Security Top 10 the attack belongs to.</summary>
    public const string Owasp = "owasp_api";

    /// <summary>Kind of user: <c>normal</c>, <c>heavy</c>, <c>bot</c>, or <c>attacker</c>.</summary>
    public const string UserClass = "user_class";

    /// <summary>Where the row is from.</summary>
    public const string Source = "source";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "timestamp", "method", "path", "query", "endpoint", "status", "duration_ms", "client_ip", "user", "session", "api_key", "request_bytes", "response_bytes", "user_agent", "referer", "host", "protocol",
        "headers", "body", Source, Label, Type, Scenario, Intensity, Owasp, UserClass, .. CallerWindows.Names,
    ];

    /// <summary>The columns that divide rows into classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = [Label, Type, Intensity, Owasp, UserClass, Source];
}
