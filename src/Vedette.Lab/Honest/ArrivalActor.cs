using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>A stream of visits: a Poisson process whose rate follows a curve (by thinning; Lewis and Shedler, 1979).</summary>
internal sealed class ArrivalActor : Actor
{
    private readonly double _meanGapMicros;
    private readonly long _endMicros;

    /// <param name="startMicros">Begin.</param>
    /// <param name="endMicros">End.</param>
    /// <param name="peakPerSecond">Visits a second where <see cref="Level"/> is 1.</param>
    public ArrivalActor(long startMicros, long endMicros, double peakPerSecond)
    {
        NextMicros = startMicros;
        _endMicros = endMicros;
        _meanGapMicros = 1e6 / peakPerSecond;
    }

    /// <summary>Share of the peak rate at a time, in [0, 1].</summary>
    public Func<long, double> Level { get; init; } = static _ => 1;

    /// <summary>Makes the visit that begins at a time.</summary>
    public required Func<long, Actor> Create { get; init; }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        if (world.Random.Chance(Level(NextMicros))) world.Actors.Add(Create(NextMicros));
        NextMicros += 1 + (long)world.Random.Exponential(_meanGapMicros);
        return NextMicros < _endMicros ? ActorStep.Silent : ActorStep.Done;
    }
}
