using Vedette.Lab.Simulation;

namespace Vedette.Cli.Commands;

/// <summary>Checks the arguments by which several commands have traffic simulated.</summary>
internal static class SimulationArguments
{
    private const double MaxHours = 24 * 60;

    /// <exception cref="UsageException">Out of range; the message names the option.</exception>
    public static TimeSpan Hours(string option, double hours) =>
        hours is > 0 and <= MaxHours ? TimeSpan.FromHours(hours) : throw new UsageException($"{option} must be above 0 and at most {MaxHours}.");

    /// <summary>The APIs named, each once; all there are if none is.</summary>
    /// <exception cref="UsageException">There is no such API.</exception>
    public static string[] Apis(string[]? given)
    {
        string[] names = given is { Length: > 0 } ? [.. given.SelectMany(static name => name.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)] : [.. TrafficSimulator.ApiNames];
        if (names.FirstOrDefault(static name => !TrafficSimulator.ApiNames.Contains(name)) is { } unknown)
            throw new UsageException($"--api knows {string.Join(", ", TrafficSimulator.ApiNames)}, not '{unknown}'.");
        return names;
    }

    /// <exception cref="UsageException">Something is wrong; the message says all of it.</exception>
    public static SimulationOptions Check(SimulationOptions options)
    {
        string problems = string.Join(' ', options.Problems());
        return problems.Length == 0 ? options : throw new UsageException(problems);
    }
}
