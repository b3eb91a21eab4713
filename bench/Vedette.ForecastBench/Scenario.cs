using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>Which traffic a seed stands for: the APIs and rates take turns.</summary>
internal static class Scenario
{
    private static readonly double[] Rates = [120, 600, 300, 1500, 60];

    public static double RateOf(ulong seed) => Rates[seed % (ulong)Rates.Length];

    public static string ApiOf(ulong seed) => TrafficSimulator.ApiNames[(int)(seed % (ulong)TrafficSimulator.ApiNames.Count)];

    /// <summary>A day of honest traffic with some attacks and no faults.</summary>
    public static SimulationOptions Calm(ulong seed, double hours = 24) => new()
    {
        Seed = seed, Api = ApiOf(seed), RequestsPerMinute = RateOf(seed), Duration = TimeSpan.FromHours(hours), Faults = false, AttackDensity = 0.05, Bodies = false,
    };

    /// <summary>The same with the simulator's own build-ups, four a day.</summary>
    public static SimulationOptions BuildUps(ulong seed) => Calm(seed) with
    {
        Faults = true, CleanLead = TimeSpan.FromHours(2), AttackDensity = 0, Types = new HashSet<TruthType> { TruthType.FailurePredicted },
    };

    /// <summary>The same with the simulator's sudden faults.</summary>
    public static SimulationOptions SuddenFaults(ulong seed) => Calm(seed) with
    {
        Faults = true, CleanLead = TimeSpan.FromHours(2), AttackDensity = 0,
        Types = new HashSet<TruthType> { TruthType.LatencySpike, TruthType.ErrorSpike, TruthType.TrafficDrop, TruthType.TrafficSpike },
    };
}
