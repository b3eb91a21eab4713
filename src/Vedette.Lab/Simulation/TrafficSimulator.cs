using Vedette.Lab.Apis;
using Vedette.Lab.Attacks;
using Vedette.Lab.Faults;
using Vedette.Lab.Honest;

namespace Vedette.Lab.Simulation;

/// <summary>Makes labelled HTTP traffic of a fictional API, event by event in order of time.</summary>
/// <remarks>
/// A discrete-event simulation: people, programs and attackers are actors with a next time of their own, kept in a heap. An event costs
/// O(log a) for a actors at work; memory grows with clients and actors, not with the length of the traffic. Depends on nothing but its
/// options. One thread at a time.
/// </remarks>
public sealed class TrafficSimulator
{
    private const double OwaspShare = 0.3;
    private readonly World _world;

    /// <exception cref="ArgumentException">The options are wrong; the message says everything that is.</exception>
    public TrafficSimulator(SimulationOptions options)
    {
        string problems = string.Join(' ', options.Problems());
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(options));
        _world = new World(options);
        bool hasAttacks = options.Types is null || options.Types.Any(TruthTypes.IsAttack);
        double attacks = hasAttacks ? _world.ExpectedEvents * options.AttackDensity : 0;
        new HonestTraffic(_world).Plan(_world.ExpectedEvents - attacks);
        new FaultPlanner(_world).Plan();
        if (attacks <= 0) return;
        double listed = options.OwaspScenarios ? attacks * OwaspShare : 0;
        if (listed > 0) new CampaignPlanner(_world).PlanOwasp((int)listed);
        new CampaignPlanner(_world).Plan((int)(attacks - listed));
    }

    /// <summary>The fictional APIs there are.</summary>
    public static IReadOnlyList<string> ApiNames => ApiCatalogue.Names;

    /// <summary>What happens in the traffic, in order of declaration; complete once the last event has been read.</summary>
    public IReadOnlyList<TruthEntry> Truth => _world.Truth;

    /// <summary>Makes the next event.</summary>
    /// <param name="request">Overwritten with the event.</param>
    /// <returns>False at the end of the traffic.</returns>
    public bool TryRead(ref TrafficEvent request)
    {
        var actors = _world.Actors;
        while (actors.Count > 0)
        {
            var actor = actors.First;
            if (actor.NextMicros >= _world.EndMicros)
            {
                actors.RemoveFirst();
                continue;
            }
            _world.NowMicros = actor.NextMicros;
            Reset(ref request, actor.NextMicros);
            var step = actor.Act(_world, ref request);
            if ((step & ActorStep.Done) != 0) actors.RemoveFirst();
            else actors.ReplaceFirst();
            if ((step & ActorStep.Sent) == 0 || request.TimeMicros < _world.StartMicros) continue;
            if (request.Truth >= 0) Truth[request.Truth].Count(request);
            return true;
        }
        return false;
    }

    /// <summary>All remaining events.</summary>
    public IEnumerable<TrafficEvent> ReadAll()
    {
        var request = default(TrafficEvent);
        while (TryRead(ref request)) yield return request;
    }

    private static void Reset(ref TrafficEvent request, long micros)
    {
        request = default;
        request.TimeMicros = micros;
        request.Truth = -1;
        request.Method = "GET";
        request.Path = request.Query = request.Route = request.Referer = "";
    }
}
