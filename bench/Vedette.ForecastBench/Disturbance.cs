using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>How a disturbance grows, as a function from progress to strength, both from 0 to 1.</summary>
internal enum Curve
{
    Linear,
    Quadratic,
    Exponential,

    /// <summary>As waiting grows when a queue fills: 1/(1-ρ).</summary>
    Saturating,

    /// <summary>In five jumps.</summary>
    Stairs,
}

/// <summary>What a strength does to a response time.</summary>
internal enum Growth
{
    /// <summary>Half the strength is the square root of the factor: a steady strength is exponential growth.</summary>
    Ratio,

    /// <summary>Half the strength is half of what is added.</summary>
    Amount,
}

/// <summary>How a disturbance ends.</summary>
internal enum Ending
{
    /// <summary>Nearly everything concerned fails for a while.</summary>
    Outage,

    /// <summary>It stays as bad as it has become, then is over.</summary>
    Plateau,

    /// <summary>It fades away before its full strength.</summary>
    Relents,
}

/// <summary>Something wrong with some routes for some time, drawn at random: what the forecast learns from. Not the simulator's own faults, which only measure.</summary>
internal sealed class Disturbance
{
    private const double FadeMicros = 5 * 60e6;
    private const long TimeoutMicros = 30_000_000;

    public required HashSet<string>? Routes { get; init; }

    public required long Start { get; init; }

    /// <summary>When it has its full strength, or relents.</summary>
    public required long Peak { get; init; }

    public required long End { get; init; }

    public required Curve Curve { get; init; }

    public required Ending Ending { get; init; }

    public Growth Growth { get; init; }

    /// <summary>Strength at which it relents.</summary>
    public double RelentsAt { get; init; } = 1;

    /// <summary>Factor on latency at full strength.</summary>
    public double Slowdown { get; init; } = 1;

    /// <summary>Share of requests that pause at full strength, and for how long.</summary>
    public double PauseShare { get; init; }

    public double PauseMicros { get; init; }

    public double ErrorShare { get; init; }

    public double TimeoutShare { get; init; }

    /// <summary>True for what grows slowly; false for steps and bursts.</summary>
    public bool BuildsUp { get; init; }

    public void Apply(ref TrafficEvent request, Random random)
    {
        if (request.TimeMicros < Start || request.TimeMicros >= End || request.Route.Length == 0 || (Routes is not null && !Routes.Contains(request.Route))) return;
        if (request.TimeMicros >= Peak && Ending == Ending.Outage)
        {
            request.Status = random.NextDouble() < 0.5 ? (short)503 : (short)504;
            request.DurationMicros = request.Status == 504 ? TimeoutMicros : 1_500;
            return;
        }
        double strength = Strength(request.TimeMicros);
        request.DurationMicros = (long)(request.DurationMicros * Factor(strength));
        if (random.NextDouble() < PauseShare * strength) request.DurationMicros += (long)(PauseMicros * (0.3 + 1.4 * random.NextDouble()));
        if (random.NextDouble() < TimeoutShare * strength) (request.Status, request.DurationMicros) = (504, TimeoutMicros);
        else if (random.NextDouble() < ErrorShare * strength) request.Status = random.NextDouble() < 0.5 ? (short)500 : (short)502;
    }

    /// <summary>Whether a route with such a normal mean is beyond a limit at <paramref name="time"/>, as far as its expectations go.</summary>
    public bool IsFailure(long time, double normalMicros, double errorLimit, double meanLimitMicros)
    {
        if (time >= Peak && Ending == Ending.Outage) return true;
        double strength = Strength(time), timeouts = TimeoutShare * strength;
        double mean = (1 - timeouts) * (normalMicros * Factor(strength) + PauseShare * strength * PauseMicros) + timeouts * TimeoutMicros;
        return timeouts + ErrorShare * strength > errorLimit || mean > meanLimitMicros;
    }

    private double Factor(double strength) => Growth == Growth.Ratio ? Math.Pow(Slowdown, strength) : 1 + (Slowdown - 1) * strength;

    private double Strength(long time)
    {
        double progress = Math.Min(1, (time - Start) / (double)Math.Max(1, Peak - Start));
        double full = Ending == Ending.Relents ? RelentsAt : 1;
        double strength = full * Shape(progress);
        return time > Peak && Ending == Ending.Relents ? strength * Math.Max(0, 1 - (time - Peak) / FadeMicros) : strength;
    }

    private double Shape(double x) => Curve switch
    {
        Curve.Linear => x,
        Curve.Quadratic => x * x,
        Curve.Exponential => (Math.Exp(3 * x) - 1) / (Math.Exp(3) - 1),
        Curve.Saturating => (1 / (1 - 0.92 * x) - 1) / 11.5,
        _ => Math.Floor(x * 5) / 5,
    };
}
