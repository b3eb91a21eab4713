using System.CommandLine;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette simulate</c>: realistic labelled traffic, the same for the same seed.</summary>
internal static class SimulateCommand
{
    private static readonly Option<double> Hours = new("--hours") { Description = "Length of the traffic in hours.", DefaultValueFactory = _ => 48 };
    private static readonly Option<double> Density = new("--attack-density") { Description = "Share of requests that belong to attacks, 0 to 0.9.", DefaultValueFactory = _ => 0.1 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Same seed, same bytes.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Out = new("--out") { Description = "Where the log goes; - is standard output.", DefaultValueFactory = _ => "-" };
    private static readonly Option<string?> TruthFile = new("--truth") { Description = "Where the labels go, one JSON object a line." };
    private static readonly Option<string> Format = new("--format") { Description = $"Line format: {string.Join(", ", LogFormats.Names)}.", DefaultValueFactory = _ => "combined" };
    private static readonly Option<double> Rate = new("--rate") { Description = "Mean requests per minute.", DefaultValueFactory = _ => 600 };
    private static readonly Option<string[]> Types = new("--types", "--scenario")
    {
        Description = "Attack and fault types to include (sql_injection, latency_spike, …); all by default.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Intensities = new("--intensity") { Description = "easy, medium, hard; all by default.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int?> Campaigns = new("--campaigns") { Description = "Number of attack campaigns; chosen by the traffic if absent." };
    private static readonly Option<string> Api = new("--api") { Description = $"Fictional API: {string.Join(", ", TrafficSimulator.ApiNames)}.", DefaultValueFactory = _ => "shop" };
    private static readonly Option<bool> NoAttacks = new("--no-attacks") { Description = "Leave out attacks and faults: honest traffic only." };
    private static readonly Option<bool> NoUsers = new("--no-users") { Description = "Leave the names of signed-in users out of the log." };
    private static readonly Option<double> CleanLead = new("--clean-lead") { Description = "Hours at the beginning without attacks or faults." };
    private static readonly Option<DateTimeOffset?> Start = new("--start") { Description = "First instant of the traffic; a Monday, 2026-01-05T00:00:00Z, by default." };

    public static Command Create()
    {
        var command = new Command("simulate", "Make realistic labelled traffic of a fictional API, for trials, tests and training.")
        {
            Hours, Density, Seed, Out, TruthFile, Format, Rate, Types, Intensities, Campaigns, Api, NoAttacks, NoUsers, CleanLead, Start,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = ReadOptions(parsed);
        if (!LogFormats.TryParse(parsed.GetValue(Format)!, out var format))
            throw new UsageException($"--format knows {string.Join(", ", LogFormats.Names)}, not '{parsed.GetValue(Format)}'.");
        options = SimulationArguments.Check(options with { Bodies = format == LogFormat.Json });

        string logFile = parsed.GetValue(Out)!;
        string? truthFile = parsed.GetValue(TruthFile);
        OutputFile.RequireApart([], ("--out", logFile), ("--truth", truthFile));
        // Both are begun before anything is simulated, and in place only together: a log without its labels is of no use.
        using OutputFile log = OutputFile.Create(logFile);
        using OutputFile? truth = truthFile is null ? null : OutputFile.Create(truthFile);
        var simulator = new TrafficSimulator(options);
        long events = WriteTraffic(simulator, log.Stream, format, cancellation);
        if (truth is not null) TruthWriter.Write(truth.Stream, simulator.Truth);
        log.Complete();
        truth?.Complete();
        Console.Error.WriteLine($"{events:N0} requests, {simulator.Truth.Count(t => t.Type.IsAttack()):N0} campaigns, {simulator.Truth.Count(t => t.Type.IsFault()):N0} faults");
        return ExitCode.Done;
    }

    private static long WriteTraffic(TrafficSimulator simulator, Stream output, LogFormat format, CancellationToken cancellation)
    {
        using var writer = new TrafficWriter(output, format);
        var request = default(TrafficEvent);
        long events = 0;
        while (simulator.TryRead(ref request))
        {
            writer.Write(request);
            if ((++events & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
        }
        return events;
    }

    private static SimulationOptions ReadOptions(ParseResult parsed)
    {
        double hours = parsed.GetValue(Hours);
        double lead = parsed.GetValue(CleanLead);
        TimeSpan duration = SimulationArguments.Hours("--hours", hours);
        if (!(lead >= 0 && lead < hours)) throw new UsageException("--clean-lead must be shorter than --hours.");
        bool isHonest = parsed.GetValue(NoAttacks);
        return new SimulationOptions
        {
            Duration = duration,
            CleanLead = TimeSpan.FromHours(lead),
            AttackDensity = isHonest ? 0 : parsed.GetValue(Density),
            Faults = !isHonest,
            Seed = parsed.GetValue(Seed),
            RequestsPerMinute = parsed.GetValue(Rate),
            Types = ReadTypes(parsed.GetValue(Types)),
            Intensities = ReadIntensities(parsed.GetValue(Intensities)),
            Campaigns = parsed.GetValue(Campaigns),
            Api = parsed.GetValue(Api)!,
            NamesUsers = parsed.GetValue(NoUsers) ? false : null,
            Start = (parsed.GetValue(Start) ?? new SimulationOptions().Start).ToUniversalTime(),
        };
    }

    private static HashSet<TruthType>? ReadTypes(string[]? names)
    {
        if (names is null or { Length: 0 }) return null;
        var types = new HashSet<TruthType>();
        foreach (string name in names.SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!TruthTypes.TryParse(name, out var type) || type == TruthType.Honest)
                throw new UsageException($"--types does not know '{name}'. It knows {string.Join(", ", TruthTypes.Attacks.Concat(TruthTypes.Faults).Select(t => t.Name()))}.");
            types.Add(type);
        }
        return types;
    }

    private static HashSet<Intensity>? ReadIntensities(string[]? names)
    {
        if (names is null or { Length: 0 }) return null;
        var intensities = new HashSet<Intensity>();
        foreach (string name in names.SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Enum.TryParse(name, ignoreCase: true, out Intensity intensity) || !Enum.IsDefined(intensity))
                throw new UsageException($"--intensity knows easy, medium and hard, not '{name}'.");
            intensities.Add(intensity);
        }
        return intensities;
    }
}
