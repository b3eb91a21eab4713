namespace Vedette.Engine.Detection;

/// <summary>Everything an incident can be. Names on the wire are these in snake case, see <see cref="IncidentTypes"/>.</summary>
public enum IncidentType : byte
{
    SqlInjection,
    Xss,
    PathTraversal,
    FileInclusion,
    CommandInjection,
    TemplateInjection,
    LdapInjection,
    NosqlInjection,
    Xxe,
    Ssrf,
    Log4shell,
    HttpSmuggling,
    CrlfInjection,
    Scanner,
    BruteForce,
    PasswordSpraying,
    CredentialStuffing,
    AccountTakeover,
    DataScraping,
    DataExfiltration,
    EndpointEnumeration,
    ObjectEnumeration,
    ParameterFuzzing,
    RateAbuse,
    ResourceExhaustion,
    Bot,
    SequenceAnomaly,
    BehaviorAnomaly,
    LatencySpike,
    ErrorSpike,
    TrafficSpike,
    TrafficDrop,
    FailurePredicted,
}

/// <summary>Names and groups of <see cref="IncidentType"/>.</summary>
public static class IncidentTypes
{
    private static readonly string[] Names =
    [
        "sql_injection", "xss", "path_traversal", "file_inclusion", "command_injection", "template_injection", "ldap_injection", "nosql_injection",
        "xxe", "ssrf", "log4shell", "http_smuggling", "crlf_injection", "scanner", "brute_force", "password_spraying", "credential_stuffing",
        "account_takeover", "data_scraping", "data_exfiltration", "endpoint_enumeration", "object_enumeration", "parameter_fuzzing", "rate_abuse",
        "resource_exhaustion", "bot", "sequence_anomaly", "behavior_anomaly", "latency_spike", "error_spike", "traffic_spike", "traffic_drop", "failure_predicted",
    ];

    /// <summary>Number of types.</summary>
    public static int Count => Names.Length;

    /// <summary>The name on the wire: <c>sql_injection</c>.</summary>
    public static string Name(this IncidentType type) => Names[(int)type];

    /// <summary>The type with a name on the wire; false if there is none.</summary>
    public static bool TryParse(string name, out IncidentType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (IncidentType)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>True for what is seen in a single request's text.</summary>
    public static bool IsPayload(this IncidentType type) => type <= IncidentType.CrlfInjection;

    /// <summary>True for attacks on logins.</summary>
    public static bool IsLogin(this IncidentType type) =>
        type is IncidentType.BruteForce or IncidentType.PasswordSpraying or IncidentType.CredentialStuffing or IncidentType.AccountTakeover;

    /// <summary>True for what concerns a route's health instead of somebody's conduct.</summary>
    public static bool IsOperational(this IncidentType type) => type >= IncidentType.LatencySpike;

    /// <summary>The type's bit in a set of types.</summary>
    internal static ulong Bit(this IncidentType type) => 1UL << (int)type;
}
