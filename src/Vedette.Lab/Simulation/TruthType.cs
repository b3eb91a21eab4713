namespace Vedette.Lab.Simulation;

/// <summary>What a <see cref="TruthEntry"/> says happened.</summary>
public enum TruthType
{
    /// <summary>Unusual, but no incident: an alarm on it is a false one.</summary>
    Honest,
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
    LatencySpike,
    ErrorSpike,
    TrafficSpike,
    TrafficDrop,
    FailurePredicted,
}

/// <summary>Names and groups of <see cref="TruthType"/>.</summary>
public static class TruthTypes
{
    private static readonly string[] Names = [.. Enum.GetNames<TruthType>().Select(ToSnakeCase)];

    /// <summary>The types that are attacks: somebody behind them is to blame.</summary>
    public static IReadOnlyList<TruthType> Attacks { get; } = [.. Enum.GetValues<TruthType>().Where(IsAttack)];

    /// <summary>The types that are failures of operation: nobody is to blame.</summary>
    public static IReadOnlyList<TruthType> Faults { get; } = [.. Enum.GetValues<TruthType>().Where(IsFault)];

    public static bool IsAttack(this TruthType type) => type is > TruthType.Honest and < TruthType.LatencySpike;

    public static bool IsFault(this TruthType type) => type >= TruthType.LatencySpike;

    /// <summary>The name used in files and output: <c>sql_injection</c>.</summary>
    public static string Name(this TruthType type) => Names[(int)type];

    public static bool TryParse(string name, out TruthType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (TruthType)Math.Max(index, 0);
        return index >= 0;
    }

    private static string ToSnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
