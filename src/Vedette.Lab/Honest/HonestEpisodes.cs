using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Faults;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>Unusual traffic that is nobody's fault; each kind can be switched off.</summary>
/// <param name="world">Where it happens.</param>
/// <param name="perSession">Mean requests of an ordinary visit.</param>
internal sealed class HonestEpisodes(World world, double perSession)
{
    private static readonly (string Agent, string Network)[] Crawlers =
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "66.249.66"), ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "157.55.39"),
        ("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "5.255.253"), ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "54.36.148"),
        ("DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)", "20.191.45"), ("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.6367.118 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "66.249.66"),
    ];

    private static readonly string[] ProbeAgents = ["kube-probe/1.29", "ELB-HealthChecker/2.0", "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", "HAProxy-check"];

    private double _planned;

    private RandomSource Random => world.Random;

    private long Length => world.EndMicros - world.StartMicros;

    /// <summary>Adds the episodes that are switched on and returns how many requests they will send, about.</summary>
    public double Plan(double budget)
    {
        var chosen = world.Options.Honest;
        if (chosen.HasFlag(HonestScenarios.HealthCheck)) AddProbes(budget * 0.012);
        if (chosen.HasFlag(HonestScenarios.Crawler)) AddCrawlers(budget * Random.Uniform(0.015, 0.04));
        if (chosen.HasFlag(HonestScenarios.PollingConsole)) AddConsoles(budget * 0.015);
        if (chosen.HasFlag(HonestScenarios.PartnerBatch)) AddPartnerBatches(budget * Random.Uniform(0.008, 0.02));
        if (chosen.HasFlag(HonestScenarios.AuthorizedExport)) AddExport(budget * Random.Uniform(0.004, 0.012));
        if (chosen.HasFlag(HonestScenarios.FlashCrowd)) AddFlashCrowd(budget * Random.Uniform(0.02, 0.04));
        if (chosen.HasFlag(HonestScenarios.PasswordResetWave)) AddResetWave(budget * 0.006);
        if (chosen.HasFlag(HonestScenarios.MissingIcons)) AddMissingIcons(budget * 0.006);
        if (chosen.HasFlag(HonestScenarios.DeployBlip)) AddDeployBlips();
        return _planned;
    }

    private void AddProbes(double budget)
    {
        double interval = Math.Max(Random.Uniform(4, 15), Length / 1e6 / Math.Max(1, budget / 2));
        for (int i = 0; i < 2; i++)
        {
            int truth = Declare("health_check");
            var visit = Program(Random.Pick(ProbeAgents), $"10.0.{i}.{Random.Between(2, 250)}");
            world.Actors.Add(new PollActor(visit, [world.Api.Health], TimeSpan.FromSeconds(interval), 0.01, (world.StartMicros + Random.Next(1_000_000), world.EndMicros), truth));
            _planned += Length / 1e6 / interval;
        }
    }

    private void AddCrawlers(double budget)
    {
        var pages = world.Api.With(RouteRole.Page);
        var crawlers = Crawlers.ToArray();
        Random.Shuffle(crawlers.AsSpan());
        int count = Random.Between(2, 4);
        foreach (var (agent, network) in crawlers.Take(count))
        {
            double gap = Math.Max(1.2, Length / 1e6 * count / budget);
            world.Actors.Add(new CrawlerActor(Program(agent, $"{network}.{Random.Between(1, 254)}"), pages, gap, world.StartMicros + Random.Next(5_000_000), Declare("crawler")));
            _planned += Length / 1e6 / gap;
        }
    }

    private void AddConsoles(double budget)
    {
        var polled = world.Api.With(RouteRole.Poll).Where(r => r.Method == "GET").ToArray();
        int truth = Declare("polling_console");
        while (budget > 20)
        {
            double interval = Random.Uniform(4, 20);
            var period = Window(TimeSpan.FromHours(Random.Uniform(2, 9)));
            var client = world.Population.Draw(Random);
            var visit = new Visit(client, world.Api, Random) { User = world.Api.Habits.LogsUsers ? client.UserName : null, Session = "c0" + client.Seed.ToString("x14", System.Globalization.CultureInfo.InvariantCulture) };
            world.Actors.Add(new PollActor(visit, polled[..Random.Between(1, polled.Length)], TimeSpan.FromSeconds(interval), 0.06, period, truth));
            double sent = (period.End - period.Start) / 1e6 / interval;
            budget -= sent;
            _planned += sent;
        }
    }

    private void AddPartnerBatches(double budget)
    {
        int truth = Declare("partner_batch");
        var partner = world.NewClient();
        double hour = Random.Uniform(0.5, 4.5);
        int nights = Math.Max(1, (int)(Length / 86_400e6));
        for (int night = 0; night < nights; night++)
        {
            int requests = Math.Max(20, (int)(budget / nights * Random.Uniform(0.85, 1.15)));
            long start = world.StartMicros + Math.Min((long)((night * 24 + hour + Random.Uniform(0, 0.05)) * 3.6e9), (long)(Length * 0.6));
            var visit = new Visit(partner, world.Api, Random) { UserAgent = "partner-sync/3.4 (+https://partner.example/contact)", User = "svc-partner" };
            double gap = Math.Min(0.6, Length * 0.3 / 1e6 / requests);
            world.Actors.Add(new WalkActor(visit, WalkedRoutes(), (Random.Next(5000), 1, requests), gap, start, truth));
            _planned += requests;
        }
    }

    private void AddExport(double budget)
    {
        int requests = Math.Max(30, (int)budget);
        double gap = Math.Min(Random.Uniform(0.3, 1.2), Length * 0.4 / 1e6 / requests);
        var (start, _) = Window(TimeSpan.FromSeconds(gap * requests * 1.2));
        var visit = new Visit(world.NewClient(), world.Api, Random) { UserAgent = UserAgents.Library(Random), User = "svc-export" };
        world.Actors.Add(new WalkActor(visit, WalkedRoutes(), (Random.Next(5000), Random.Between(1, 3), requests), gap, start, Declare("authorized_export")));
        _planned += requests;
    }

    private void AddFlashCrowd(double budget)
    {
        int truth = Declare("flash_crowd");
        var (start, end) = Window(TimeSpan.FromMinutes(Random.Uniform(25, 70)));
        double rise = (end - start) * Random.Uniform(0.02, 0.15);
        double decay = (end - start) * Random.Uniform(0.15, 0.35);
        double effective = (rise / 2 + decay * 0.95) / 1e6;
        // Crowds that come twenty times as fast as everybody else would be an outage, not a campaign.
        double usual = budget / 0.03 / (Length / 1e6) / perSession;
        double peak = Math.Min(budget / perSession / effective, usual * 12);
        world.Actors.Add(new ArrivalActor(start, end, peak)
        {
            Level = micros => micros - start < rise ? (micros - start) / rise : Math.Exp(-(micros - start - rise) / decay),
            Create = at => new SessionActor(new Visit(world.NewClient(Addresses.IPv4(Random)), world.Api, Random), at, truth, world, entry: 1),
        });
        _planned += peak * effective * perSession;
    }

    private void AddResetWave(double budget)
    {
        int truth = Declare("password_reset_wave");
        var (start, end) = Window(TimeSpan.FromHours(Random.Uniform(1, 3)));
        double visits = Math.Max(15, budget / 7);
        world.Actors.Add(new ArrivalActor(start, end, visits / ((end - start) / 1e6))
        {
            Create = at => new PlannedVisit(new Visit(world.Population.Draw(Random), world.Api, Random), at, truth, PlanReset()),
        });
        _planned += visits * 7;
    }

    private PlannedRequest[] PlanReset()
    {
        var login = world.Api.Login;
        var change = world.Api.With(RouteRole.AccountChange)[^1];
        var plan = new List<PlannedRequest> { new(0, world.Api.First(RouteRole.Page)) };
        for (int i = Random.Between(1, 3); i > 0; i--) plan.Add(new(Seconds(8), login, world.Api.Habits.LoginFailure));
        plan.Add(new(Seconds(12), world.Api.First(RouteRole.PasswordReset)));
        plan.Add(new(Seconds(70), change));
        plan.Add(new(Seconds(6), login));
        return [.. plan];
    }

    private void AddMissingIcons(double budget)
    {
        const int Icons = 50;
        int truth = Declare("missing_icons");
        var (start, end) = Window(TimeSpan.FromHours(Random.Uniform(1, 4)));
        double visits = Math.Max(4, budget / (Icons + 1));
        string folder = $"/static/icons/v{Random.Between(2, 9)}";
        world.Actors.Add(new ArrivalActor(start, end, visits / ((end - start) / 1e6))
        {
            Create = at =>
            {
                var plan = new PlannedRequest[Icons + 1];
                plan[0] = new PlannedRequest(0, world.Api.First(RouteRole.Page));
                for (int i = 1; i <= Icons; i++) plan[i] = new PlannedRequest(4_000 + Random.Next(40_000), null, 404, $"{folder}/icon-{i:00}.svg");
                return new PlannedVisit(new Visit(world.Population.Draw(Random), world.Api, Random), at, truth, plan);
            },
        });
        _planned += visits * (Icons + 1);
    }

    private void AddDeployBlips()
    {
        int blips = Math.Max(1, (int)(Length / 86_400e6));
        for (int i = 0; i < blips; i++)
        {
            var entry = world.Declare(TruthType.Honest, "deploy_blip");
            (entry.StartMicros, entry.EndMicros) = Window(TimeSpan.FromSeconds(Random.Uniform(20, 35)));
            entry.Endpoint = "*";
            world.Faults.Add(new ErrorFault { StartMicros = entry.StartMicros, EndMicros = entry.EndMicros, Share = Random.Uniform(0.2, 0.6), Slowdown = Random.Uniform(1.5, 4) });
        }
    }

    /// <summary>A list and an object route that belong together as well as the API allows.</summary>
    private (Route List, Route Object) WalkedRoutes()
    {
        var objects = world.Api.With(RouteRole.Object);
        var walked = objects.Where(r => r.Object!.IsOwned).DefaultIfEmpty(objects[0]).ToArray();
        return (world.Api.First(RouteRole.List), Random.Pick(walked));
    }

    private Visit Program(string agent, string address)
    {
        var client = new Client
        {
            Id = 0,
            Kind = ClientKind.Bot,
            Address = address,
            UserAgent = agent,
            Audience = FlowAudience.Integration,
            Person = new PersonName("", "", ""),
            Seed = Random.NextUInt64(),
        };
        return new Visit(client, world.Api, Random);
    }

    private (long Start, long End) Window(TimeSpan length)
    {
        long micros = Math.Min((long)length.TotalMicroseconds, Length / 4);
        long start = world.StartMicros + (long)((Length - micros) * Random.Uniform());
        return (start, start + micros);
    }

    private long Seconds(double median) => (long)(Random.LogNormal(median, 0.5) * 1e6);

    private int Declare(string scenario) => world.Declare(TruthType.Honest, scenario).Index;
}
