using System.Globalization;
using Vedette.Engine;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary><c>score</c>: how many failures the engine foretells, how early, and how often it is wrong.</summary>
/// <remarks>
/// A build-up is foretold by an incident raised after its first sign and before its outage. An alarm is false if no labelled build-up was on and the engine itself saw no failure
/// follow. Drawn disturbances that relent count as false alarms when they raise one.
/// </remarks>
internal static class ScoreCommand
{
    private const int ServicesOfSeed = 10;

    /// <summary>What is over in less than ten minutes is no build-up.</summary>
    private const long ShortestMicros = 10 * 60_000_000L;
    private static readonly TimeSpan After = TimeSpan.FromMinutes(15);

    public static int Run(SeedRange seeds, string[] only)
    {
        (string Name, string Title, Action<ulong, Tally> Measure)[] parts =
        [
            ("buildups", "Failures that build up, as the simulator makes them (queueing, leak, dependency)", MeasureBuildUps),
            ("calm", "Honest days with attacks and no faults", MeasureCalm),
            ("sudden", "Sudden faults (latency, errors, lost traffic, retry loops)", MeasureSudden),
            ("drawn", "Drawn disturbances: half end in failure, half relent or stay bearable", MeasureDrawn),
            ("plain", "Plain services, ten a seed: build-ups that become the failure by themselves, and milder ones, steps, bursts and crowds", MeasurePlain),
        ];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seeds {seeds}; a day each; APIs {string.Join(", ", TrafficSimulator.ApiNames)} and 60 to 1,500 requests a minute in turn."));
        Console.WriteLine();
        foreach ((string name, string title, Action<ulong, Tally> measure) in parts)
        {
            if (only.Length > 0 && !only.Contains(name)) continue;
            var tally = new Tally(title);
            seeds.Numbers.AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).ForAll(seed => measure(seed, tally));
            tally.Print(Console.Out);
            foreach (string alarm in tally.FalseAlarms.Order(StringComparer.Ordinal)) Console.Error.WriteLine(alarm);
        }
        return 0;
    }

    private static void MeasureBuildUps(ulong seed, Tally tally)
    {
        var simulator = new TrafficSimulator(Scenario.BuildUps(seed));
        DetectionEngine engine = EngineRun.Run(simulator.ReadAll());
        Incident[] alarms = AlarmsOf(engine);
        TruthEntry[] builds = [.. simulator.Truth.Where(static t => t.Type == TruthType.FailurePredicted)];
        TruthEntry[] faults = [.. simulator.Truth.Where(static t => t.Type.IsFault())];
        lock (tally)
        {
            tally.AddRun(1, engine.Forecasts);
            foreach (TruthEntry build in builds) tally.AddBuildUp($"{build.Scenario}, {build.Intensity.ToString().ToLowerInvariant()}", LeadOf(alarms, build.StartMicros, build.EndMicros));
            foreach (Incident alarm in alarms) AddAlarm(tally, seed, alarm, Array.Exists(faults, f => alarm.DetectedAt >= At(f.StartMicros) && alarm.DetectedAt < At(f.EndMicros) + After));
        }
    }

    private static void MeasureCalm(ulong seed, Tally tally) => MeasureQuiet(seed, Scenario.Calm(seed), tally);

    private static void MeasureSudden(ulong seed, Tally tally) => MeasureQuiet(seed, Scenario.SuddenFaults(seed), tally);

    private static void MeasureQuiet(ulong seed, SimulationOptions options, Tally tally)
    {
        DetectionEngine engine = EngineRun.Run(new TrafficSimulator(options).ReadAll());
        lock (tally)
        {
            tally.AddRun(1, engine.Forecasts);
            foreach (Incident alarm in AlarmsOf(engine)) AddAlarm(tally, seed, alarm, isLabelled: false);
        }
    }

    private static void MeasureDrawn(ulong seed, Tally tally)
    {
        var traffic = new DisturbedTraffic(Scenario.Calm(seed));
        DetectionEngine engine = EngineRun.Run(traffic.Read());
        Incident[] alarms = AlarmsOf(engine);
        lock (tally)
        {
            tally.AddRun(1, engine.Forecasts);
            foreach (Disturbance drawn in traffic.Disturbances.Where(static d => d.BuildsUp && d.Ending == Ending.Outage))
                tally.AddBuildUp(drawn.Curve.ToString().ToLowerInvariant(), LeadOf(alarms, drawn.Start, drawn.Peak));
            foreach (Incident alarm in alarms)
                AddAlarm(tally, seed, alarm, traffic.Disturbances.Any(d => d.BuildsUp && d.Ending == Ending.Outage && alarm.DetectedAt >= At(d.Start) && alarm.DetectedAt < At(d.End) + After));
        }
    }

    private static void MeasurePlain(ulong seed, Tally tally)
    {
        for (int i = 0; i < ServicesOfSeed; i++)
        {
            var traffic = new PlainTraffic((int)seed * 1000 + i);
            DetectionEngine engine = EngineRun.Run(traffic.Read());
            Incident[] alarms = AlarmsOf(engine);
            lock (tally)
            {
                tally.AddRun(TimeSpan.FromMicroseconds(traffic.Length).TotalDays, engine.Forecasts);
                foreach (BuildUp known in traffic.BuildUps.Where(static b => b.Failure - b.Start >= ShortestMicros)) tally.AddBuildUp(known.Kind, LeadOf(alarms, known.Start, known.Failure));
                foreach (Incident alarm in alarms) AddAlarm(tally, seed, alarm, traffic.BuildUps.Exists(b => alarm.DetectedAt >= At(b.Start) && alarm.DetectedAt < At(b.End) + After));
            }
        }
    }

    private static void AddAlarm(Tally tally, ulong seed, Incident alarm, bool isLabelled)
    {
        double? lead = alarm.Drivers.FirstOrDefault(static d => d.Feature == "lead_minutes")?.Value;
        tally.AddAlarm(lead, !isLabelled && lead is null,
            string.Create(CultureInfo.InvariantCulture, $"false: seed {seed} {Scenario.ApiOf(seed)} {Scenario.RateOf(seed)}/min {alarm.DetectedAt:HH:mm} {alarm.Actor.Value}: {alarm.Explanation}"));
    }

    private static double? LeadOf(Incident[] alarms, long start, long failure)
    {
        Incident? first = alarms.Where(a => a.DetectedAt >= At(start) && a.DetectedAt < At(failure)).MinBy(static a => a.DetectedAt);
        return first is null ? null : (At(failure) - first.DetectedAt).TotalMinutes;
    }

    private static Incident[] AlarmsOf(DetectionEngine engine) => [.. engine.Incidents.Where(static i => i.Type == IncidentType.FailurePredicted)];

    private static DateTimeOffset At(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
}
