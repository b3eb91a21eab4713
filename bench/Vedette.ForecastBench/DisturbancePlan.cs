namespace Vedette.ForecastBench;

/// <summary>Draws disturbances: build-ups that end in failure or relent, plateaus, steps, and bursts, one after another.</summary>
internal static class DisturbancePlan
{
    private const long Minute = 60_000_000;

    /// <param name="routes">Routes to choose from, each as often as it is used.</param>
    /// <param name="start">First instant of the traffic.</param>
    /// <param name="length">Its length in microseconds; the first two hours stay calm.</param>
    /// <param name="random">Seeded.</param>
    public static List<Disturbance> Draw(IReadOnlyList<string> routes, long start, long length, Random random)
    {
        var plan = new List<Disturbance>();
        long time = start + 120 * Minute;
        while (true)
        {
            time += (long)Between(random, 20, 80) * Minute;
            Disturbance next = DrawOne(routes, time, random);
            if (next.End >= start + length) return plan;
            plan.Add(next);
            time = next.End;
        }
    }

    /// <summary>What comes at once: a step or a burst.</summary>
    public static Disturbance DrawSudden(IReadOnlyList<string> routes, long time, Random random) => random.NextDouble() < 0.5 ? Step(routes, time, random) : Burst(routes, time, random);

    /// <summary>Some routes; null stands for all.</summary>
    public static HashSet<string>? Scope(IReadOnlyList<string> routes, Random random)
    {
        double kind = random.NextDouble();
        if (kind < 0.15) return null;
        int count = kind < 0.65 ? 1 : random.Next(2, 6);
        return [.. Enumerable.Range(0, count).Select(_ => routes[random.Next(routes.Count)])];
    }

    private static Disturbance DrawOne(IReadOnlyList<string> routes, long time, Random random)
    {
        double kind = random.NextDouble();
        if (kind < 0.10) return Step(routes, time, random);
        if (kind < 0.20) return Burst(routes, time, random);
        // Half of all end in failure: what share of build-ups does is not for a simulation to know, but decides how sure the model dares to be.
        Ending ending = kind < 0.70 ? Ending.Outage : kind < 0.85 ? Ending.Plateau : Ending.Relents;
        long length = (long)(Geometric(random, 12, 120) * Minute);
        long peak = time + length;
        double severity = ending == Ending.Plateau ? Between(random, 0.1, 1) : 1;
        int channels = random.Next(1, 16);
        return new Disturbance
        {
            Routes = Scope(routes, random), Start = time, Peak = peak, End = peak + (long)Between(random, 10, 25) * Minute, BuildsUp = true, Ending = ending, Curve = (Curve)random.Next(5),
            RelentsAt = Between(random, 0.1, 0.9),
            Slowdown = (channels & 1) != 0 ? Geometric(random, 2, 40 * severity + 2.1) : Geometric(random, 1, 1.5),
            PauseShare = (channels & 2) != 0 ? Between(random, 0.05, 0.4) * severity : 0, PauseMicros = Geometric(random, 0.2e6, 4e6),
            ErrorShare = (channels & 4) != 0 ? Between(random, 0.03, 0.6) * severity : 0,
            TimeoutShare = (channels & 8) != 0 ? Between(random, 0.005, 0.12) * severity : 0,
        };
    }

    /// <summary>Worse at once, then the same for a while.</summary>
    private static Disturbance Step(IReadOnlyList<string> routes, long time, Random random)
    {
        long end = time + (long)Geometric(random, 8, 90) * Minute;
        return new Disturbance
        {
            Routes = Scope(routes, random), Start = time, Peak = time, End = end, Curve = Curve.Linear, Ending = Ending.Plateau,
            Slowdown = Geometric(random, 1.2, 5), ErrorShare = random.NextDouble() < 0.5 ? Between(random, 0, 0.2) : 0,
        };
    }

    /// <summary>A quarter of a minute to one and a half of trouble: a restart, a cold cache, a lock.</summary>
    private static Disturbance Burst(IReadOnlyList<string> routes, long time, Random random)
    {
        long end = time + (long)(Between(random, 0.25, 1.5) * Minute);
        return new Disturbance
        {
            Routes = Scope(routes, random), Start = time, Peak = time, End = end, Curve = Curve.Linear, Ending = Ending.Plateau,
            Slowdown = Geometric(random, 1, 20), ErrorShare = Between(random, 0, 0.8),
        };
    }

    private static double Between(Random random, double from, double to) => from + random.NextDouble() * (to - from);

    private static double Geometric(Random random, double from, double to) => from * Math.Pow(to / from, random.NextDouble());
}
