using Vedette.Lab.Simulation;

namespace Vedette.Lab.Faults;

/// <summary>Why a service fails slowly.</summary>
internal enum BuildUpKind
{
    /// <summary>Work piles up: latency grows faster and faster, then requests time out.</summary>
    Queueing,

    /// <summary>Memory runs out: pauses grow longer and more frequent, then the process is killed and restarted.</summary>
    Leak,

    /// <summary>A service behind it answers ever less often.</summary>
    Dependency,
}

/// <summary>A failure that shows before it happens: signs grow until the outage, then nearly everything concerned fails.</summary>
internal sealed class BuildUpFault : Fault
{
    private const long TimeoutMicros = 30_000_000;

    /// <summary>When the outage begins.</summary>
    public required long OutageMicros { get; init; }

    public required BuildUpKind Kind { get; init; }

    /// <summary>How plainly the signs show, in (0, 1].</summary>
    public required double Signs { get; init; }

    public override void Apply(ref TrafficEvent request, RandomSource random)
    {
        if (request.TimeMicros >= OutageMicros)
        {
            Break(ref request, random);
            return;
        }
        double progress = (double)(request.TimeMicros - StartMicros) / (OutageMicros - StartMicros);
        switch (Kind)
        {
            case BuildUpKind.Queueing:
                // Utilization climbs from half to nearly full; waiting grows as 1/(1-ρ).
                double utilization = 0.5 + 0.46 * progress * (0.5 + 0.5 * Signs);
                Slow(ref request, random.LogNormal(0.5 / (1 - utilization), 0.15 + 0.3 * progress));
                if (random.Chance(0.12 * Signs * Math.Max(0, progress - 0.45))) TimeOut(ref request);
                break;
            case BuildUpKind.Leak:
                bool isPause = random.Chance(0.02 + 0.25 * progress * Signs);
                Slow(ref request, 1 + 0.6 * progress * Signs);
                if (isPause) request.DurationMicros += (long)random.LogNormal(400_000 * (0.2 + 3 * progress * progress), 0.4);
                if (random.Chance(0.03 * Signs * Math.Max(0, progress - 0.7))) Fail(ref request, 500);
                break;
            default:
                Slow(ref request, 1 + 2 * progress * progress * Signs);
                if (random.Chance(0.22 * Signs * progress * progress)) Fail(ref request, random.Chance(0.6) ? (short)502 : (short)504);
                break;
        }
    }

    private void Break(ref TrafficEvent request, RandomSource random)
    {
        if (Kind == BuildUpKind.Leak)
        {
            request.DurationMicros = 500 + random.Next(2_000);
            Fail(ref request, 502);
        }
        else if (random.Chance(0.75))
        {
            TimeOut(ref request);
        }
        else
        {
            Slow(ref request, 15);
        }
    }

    private static void Slow(ref TrafficEvent request, double factor) => request.DurationMicros = (long)(request.DurationMicros * factor);

    private static void TimeOut(ref TrafficEvent request)
    {
        request.DurationMicros = TimeoutMicros;
        Fail(ref request, 504);
    }
}
