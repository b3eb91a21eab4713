using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>How attacks of one type run; triples are for easy, medium and hard.</summary>
/// <param name="Type">The type.</param>
/// <param name="Requests">Median number of requests.</param>
/// <param name="GapSeconds">Median pause of one source between two requests.</param>
/// <param name="Sources">Median number of sources.</param>
/// <param name="Cover">Share of harmless requests in hard campaigns; a third of it in medium ones.</param>
/// <param name="Create">Makes the way of working.</param>
internal sealed record AttackProfile(
    TruthType Type, double Requests, (double Easy, double Medium, double Hard) GapSeconds, (int Easy, int Medium, int Hard) Sources, double Cover,
    Func<World, Intensity, AttackScript> Create)
{
    /// <summary>Every type of attack, in the order of <see cref="TruthType"/>.</summary>
    public static AttackProfile[] All { get; } =
    [
        Injection(TruthType.SqlInjection, 110),
        Injection(TruthType.Xss, 60),
        Injection(TruthType.PathTraversal, 60),
        Injection(TruthType.FileInclusion, 45),
        Injection(TruthType.CommandInjection, 50),
        Injection(TruthType.TemplateInjection, 40),
        Injection(TruthType.LdapInjection, 35),
        Injection(TruthType.NosqlInjection, 40),
        Injection(TruthType.Xxe, 30),
        Injection(TruthType.Ssrf, 40),
        Injection(TruthType.Log4shell, 40),
        new(TruthType.HttpSmuggling, 30, (0.5, 5, 60), (1, 1, 3), 0.3, (w, i) => new SmugglingScript(w, i)),
        Injection(TruthType.CrlfInjection, 30),
        new(TruthType.Scanner, 500, (0.05, 0.6, 15), (1, 2, 6), 0.15, (w, i) => new ScannerScript(w, i)),
        new(TruthType.BruteForce, 220, (0.5, 4, 45), (1, 3, 12), 0.1, (w, i) => new LoginScript(w, i, LoginPlan.BruteForce)),
        new(TruthType.PasswordSpraying, 200, (1, 8, 150), (1, 4, 30), 0.15, (w, i) => new LoginScript(w, i, LoginPlan.Spraying)),
        new(TruthType.CredentialStuffing, 700, (0.4, 5, 240), (2, 10, 120), 0.2, (w, i) => new LoginScript(w, i, LoginPlan.Stuffing)),
        new(TruthType.AccountTakeover, 22, (2, 9, 50), (1, 1, 1), 0.3, (w, i) => new TakeoverScript(w, i)),
        new(TruthType.DataScraping, 700, (0.25, 2, 20), (1, 4, 30), 0.1, (w, i) => new ScrapingScript(w, i)),
        new(TruthType.DataExfiltration, 120, (1, 8, 60), (1, 1, 2), 0.3, (w, i) => new ExfiltrationScript(w, i)),
        new(TruthType.EndpointEnumeration, 220, (0.1, 2, 30), (1, 2, 6), 0.3, (w, i) => new EndpointScript(w, i)),
        new(TruthType.ObjectEnumeration, 300, (0.2, 2, 25), (1, 1, 6), 0.25, (w, i) => new ObjectScript(w, i)),
        new(TruthType.ParameterFuzzing, 180, (0.15, 1.5, 20), (1, 1, 4), 0.2, (w, i) => new FuzzingScript(w, i)),
        new(TruthType.RateAbuse, 1200, (0.03, 0.08, 0.3), (1, 1, 4), 0, (w, i) => new RateScript(w, i)),
        new(TruthType.ResourceExhaustion, 110, (0.4, 2, 9), (1, 2, 6), 0.2, (w, i) => new ExhaustionScript(w, i)),
        new(TruthType.Bot, 220, (0.8, 3, 12), (1, 4, 25), 0, (w, i) => new BotScript(w, i)),
        new(TruthType.SequenceAnomaly, 60, (2, 10, 60), (1, 2, 6), 0.2, (w, i) => new SequenceScript(w, i)),
    ];

    public double Gap(Intensity intensity) => intensity switch { Intensity.Easy => GapSeconds.Easy, Intensity.Medium => GapSeconds.Medium, _ => GapSeconds.Hard };

    public int SourceCount(Intensity intensity) => intensity switch { Intensity.Easy => Sources.Easy, Intensity.Medium => Sources.Medium, _ => Sources.Hard };

    public double CoverShare(Intensity intensity) => intensity switch { Intensity.Easy => 0, Intensity.Medium => Cover / 3, _ => Cover };

    private static AttackProfile Injection(TruthType type, double requests) =>
        new(type, requests, (0.3, 4, 60), (1, 1, 5), 0.4, (w, i) => new InjectionScript(w, i, type));
}
