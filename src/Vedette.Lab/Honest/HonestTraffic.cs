using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>Sets up everybody who means no harm: the stream of ordinary visits and the unusual episodes.</summary>
internal sealed class HonestTraffic(World world)
{
    private const int SessionsMeasured = 1000;
    private readonly List<(Client[] Clients, int Truth)> _gateways = [];

    /// <summary>Adds actors that together send about <paramref name="budget"/> requests.</summary>
    public void Plan(double budget)
    {
        if (world.Options.Honest.HasFlag(HonestScenarios.NatGateway)) AddGateways(budget);
        double perSession = MeasureSession();
        double planned = new HonestEpisodes(world, perSession).Plan(budget);
        double perMicro = Math.Max(perSession, budget - planned) / (world.EndMicros - world.StartMicros);
        // Visits that began before the log did are still going on at its first second.
        long start = world.StartMicros - 20 * 60_000_000L;
        var rate = new VisitRate(world.Season, start, perMicro);
        world.Actors.Add(new ArrivalActor(start, world.EndMicros, perMicro * 1e6 / perSession * world.Season.Peak * VisitRate.MaxCorrection)
        {
            Level = rate.Level,
            Create = at => CreateSession(world, at, rate),
        });
    }

    private SessionActor CreateSession(World target, long start, VisitRate? rate)
    {
        var (client, truth) = Draw(target.Random);
        return new SessionActor(new Visit(client, target.Api, target.Random), start, truth, target) { Rate = rate };
    }

    private (Client Client, int Truth) Draw(RandomSource random)
    {
        const double GatewayShare = 0.04;
        foreach (var (clients, truth) in _gateways)
            if (random.Chance(GatewayShare)) return (random.Pick(clients), truth);
        return (world.Population.Draw(random), -1);
    }

    private void AddGateways(double budget)
    {
        var random = world.Random;
        int gateways = random.Between(1, 3);
        for (int i = 0; i < gateways; i++)
        {
            string address = Addresses.IPv4(random);
            var clients = new Client[(int)Math.Clamp(budget / 300, 40, random.Between(150, 600))];
            for (int k = 0; k < clients.Length; k++) clients[k] = world.NewClient(address);
            _gateways.Add((clients, world.Declare(TruthType.Honest, "nat_gateway").Index));
        }
    }

    /// <summary>Mean number of requests in a visit, found by playing some on a world of their own.</summary>
    private double MeasureSession()
    {
        var scratch = new World(world.Options);
        long at = scratch.StartMicros;
        long sent = 0;
        for (int i = 0; i < SessionsMeasured; i++)
        {
            var session = CreateSession(scratch, at, null);
            ActorStep step;
            do
            {
                var request = new TrafficEvent { TimeMicros = session.NextMicros, Path = "", Query = "", Route = "", Referer = "" };
                step = session.Act(scratch, ref request);
                sent++;
            }
            while ((step & ActorStep.Done) == 0);
            at = session.NextMicros + 1;
        }
        return (double)sent / SessionsMeasured;
    }
}
