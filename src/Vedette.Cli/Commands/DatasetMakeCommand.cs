using System.CommandLine;
using System.Globalization;
using Vedette.Lab.Datasets;
using Vedette.Lab.Simulation;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette dataset make</c>: simulated users, attacks and the OWASP abuses, with imported requests if asked for, as one table.</summary>
internal static class DatasetMakeCommand
{
    public static Command Create()
    {
        var hours = new Option<double>("--hours") { Description = "Length of the traffic of each API in hours.", DefaultValueFactory = _ => 6 };
        var rate = new Option<double>("--rate") { Description = "Mean requests per minute of each API.", DefaultValueFactory = _ => 200 };
        var density = new Option<double>("--attack-density") { Description = "Share of requests that belong to attacks, above 0 and at most 0.9.", DefaultValueFactory = _ => 0.1 };
        var apis = new Option<string[]>("--api") { Description = $"Fictional APIs: {string.Join(", ", TrafficSimulator.ApiNames)}; all by default.", AllowMultipleArgumentsPerToken = true };
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same bytes.", DefaultValueFactory = _ => 1 };
        var csic = new Option<string[]>("--csic") { Description = "Raw files of the data set CSIC 2010 to add.", AllowMultipleArgumentsPerToken = true, HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "Where the table goes; - is standard output.", DefaultValueFactory = _ => "-", HelpName = "FILE.csv" };
        var command = new Command("make", "Make a labelled table: simulated users, every type of attack, the OWASP API Top 10 abuses, and CSIC 2010 if given.") { hours, rate, density, apis, seed, csic, output };
        command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            SimulationOptions[] simulations = [.. SimulationArguments.Apis(parsed.GetValue(apis)).Select(api => SimulationArguments.Check(new SimulationOptions
            {
                Api = api,
                Duration = SimulationArguments.Hours("--hours", parsed.GetValue(hours)),
                RequestsPerMinute = parsed.GetValue(rate),
                AttackDensity = Density(parsed.GetValue(density)),
                OwaspScenarios = true,
                Seed = parsed.GetValue(seed),
            }))];
            OutputFile.RequireApart(parsed.GetValue(csic) ?? [], ("--out", parsed.GetValue(output)));
            CsicFile[] imports = [.. (parsed.GetValue(csic) ?? []).Select(static file => CsicFile.Of(file, null))];
            DatasetTally tally = DatasetFile.Write(parsed.GetValue(output)!, writer =>
            {
                foreach (SimulationOptions simulation in simulations) writer.Write(simulation, cancellationToken);
                foreach (CsicFile import in imports) import.AddTo(writer);
            });
            Console.Error.WriteLine(Describe(tally));
            return ExitCode.Done;
        }, cancellationToken));
        return command;
    }

    /// <summary>What a table holds, in a few lines.</summary>
    internal static string Describe(DatasetTally tally)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{tally.Rows:N0} rows, {tally.Attacks:N0} of attacks: {string.Join(", ", tally.Types.Where(static t => t.Key != "normal").Select(static t => string.Create(CultureInfo.InvariantCulture, $"{t.Key} {t.Value:N0}")))}");
        double honest = tally.Users.Where(static user => user.Key != "attacker").Sum(static user => user.Value);
        if (honest == 0) return text;
        string[] order = ["normal", "heavy", "bot"];
        return text + string.Create(CultureInfo.InvariantCulture, $"\n{honest:N0} users: {string.Join(", ", order.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {tally.Users.GetValueOrDefault(name) / honest * 100:0.0}%")))}");
    }

    private static double Density(double density) => density is > 0 and <= 0.9 ? density : throw new UsageException("--attack-density must be above 0 and at most 0.9: a training set needs both kinds.");
}
