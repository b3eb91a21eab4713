namespace Vedette.Lab.Simulation;

/// <summary>What traffic to make.</summary>
public sealed record SimulationOptions
{
    /// <summary>First instant of the traffic. Default 2026-01-05T00:00:00Z, a Monday.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Length of the traffic, from one minute to 60 days. Default 48 hours.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Mean requests per minute, attacks included, from 1 to 1,000,000. Default 600.</summary>
    public double RequestsPerMinute { get; init; } = 600;

    /// <summary>Share of requests that belong to attack campaigns, in [0, 0.9]. Default 0.1.</summary>
    public double AttackDensity { get; init; } = 0.1;

    /// <summary>Number of attack campaigns; null chooses one for about every 350 attack requests.</summary>
    public int? Campaigns { get; init; }

    /// <summary>Attack and fault types to use; null for all. Asking for a fault type here also asks for at least one of it.</summary>
    public IReadOnlySet<TruthType>? Types { get; init; }

    /// <summary>Intensities to use; null for all.</summary>
    public IReadOnlySet<Intensity>? Intensities { get; init; }

    /// <summary>Whether a part of the attacks are the ten abuses of the OWASP API Security Top 10 of 2023, each at every intensity, with their titles as scenarios. Default false.</summary>
    public bool OwaspScenarios { get; init; }

    /// <summary>Whether faults of operation (latency, errors, drops, build-ups) happen. Default true.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>Unusual but honest episodes to include. Default all.</summary>
    public HonestScenarios Honest { get; init; } = HonestScenarios.All;

    /// <summary>Time at the beginning without attacks or faults, as a learner would like it. Default none.</summary>
    public TimeSpan CleanLead { get; init; } = TimeSpan.Zero;

    /// <summary>Which fictional API is called: one of <see cref="TrafficSimulator.ApiNames"/>. Default <c>shop</c>.</summary>
    public string Api { get; init; } = "shop";

    /// <summary>Number of clients that exist; how many show up depends on the traffic. Null chooses by the traffic.</summary>
    public int? Clients { get; init; }

    /// <summary>Size of the catalogues behind the ids, as a factor. Default 1.</summary>
    public double CatalogueScale { get; init; } = 1;

    /// <summary>Whether the log names users who are signed in; null leaves it to the API.</summary>
    public bool? NamesUsers { get; init; }

    /// <summary>Whether requests carry samples of their bodies. Default true.</summary>
    public bool Bodies { get; init; } = true;

    /// <summary>Same seed and options, same traffic.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Everything that is wrong with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Duration < TimeSpan.FromMinutes(1) || Duration > TimeSpan.FromDays(60)) yield return $"Duration is {Duration}; it must be from one minute to 60 days.";
        if (!(RequestsPerMinute is >= 1 and <= 1_000_000)) yield return $"RequestsPerMinute is {RequestsPerMinute}; it must be from 1 to 1,000,000.";
        if (!(AttackDensity is >= 0 and <= 0.9)) yield return $"AttackDensity is {AttackDensity}; it must be from 0 to 0.9.";
        if (Campaigns is < 0) yield return $"Campaigns is {Campaigns}; it must not be negative.";
        if (Clients is < 100 or > 10_000_000) yield return $"Clients is {Clients}; it must be from 100 to 10,000,000.";
        if (!(CatalogueScale is > 0 and <= 1000)) yield return $"CatalogueScale is {CatalogueScale}; it must be above 0 and at most 1000.";
        if (CleanLead < TimeSpan.Zero || CleanLead >= Duration) yield return $"CleanLead is {CleanLead}; it must be shorter than the traffic.";
        if (Types is { Count: 0 } || Intensities is { Count: 0 }) yield return "Types and Intensities must name something, or be null for all.";
        if (!TrafficSimulator.ApiNames.Contains(Api)) yield return $"Api is '{Api}'; it must be one of {string.Join(", ", TrafficSimulator.ApiNames)}.";
    }
}

/// <summary>Unusual traffic that must not raise an incident.</summary>
[Flags]
public enum HonestScenarios
{
    None = 0,

    /// <summary>Hundreds of people behind one address.</summary>
    NatGateway = 1,

    /// <summary>A partner's program that walks through its orders every night.</summary>
    PartnerBatch = 2,

    /// <summary>A load balancer's probe every few seconds.</summary>
    HealthCheck = 4,

    /// <summary>Declared search engines that read robots.txt and take their time.</summary>
    Crawler = 8,

    /// <summary>One permitted export that walks ids.</summary>
    AuthorizedExport = 16,

    /// <summary>A campaign's visitors, all within the hour.</summary>
    FlashCrowd = 32,

    /// <summary>Thirty seconds of errors while a new version starts.</summary>
    DeployBlip = 64,

    /// <summary>Many people who were asked to choose a new password.</summary>
    PasswordResetWave = 128,

    /// <summary>A page that links fifty icons that are not there.</summary>
    MissingIcons = 256,

    /// <summary>A console left open that asks for news every few seconds.</summary>
    PollingConsole = 512,

    /// <summary>Users whose names hold apostrophes and other characters that look like syntax.</summary>
    ApostropheNames = 1024,

    /// <summary>Articles and searches about SQL and other code.</summary>
    SqlArticles = 2048,
    All = 4095,
}
