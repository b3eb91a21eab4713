using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Faults;

namespace Vedette.Lab.Simulation;

/// <summary>What all actors share: the API, its load and faults, the clients, the truth so far, the clock of the simulation.</summary>
internal sealed class World
{
    private readonly ActorQueue _actors = new();
    private readonly List<TruthEntry> _truth = [];
    private readonly TextBuffer _text = new();
    private readonly LoadMeter _load;

    public World(SimulationOptions options)
    {
        Options = options;
        StartMicros = options.Start.ToUnixTimeMilliseconds() * 1000;
        EndMicros = StartMicros + (long)options.Duration.TotalMicroseconds;
        NowMicros = StartMicros;
        Random = RandomSource.Fork(options.Seed, 1);
        Api = ApiCatalogue.Create(options.Api, RandomSource.Fork(options.Seed, 2), options.CatalogueScale);
        if (options.NamesUsers is { } named) Api = Api with { Habits = Api.Habits with { LogsUsers = named, LogsLoginNames = named && Api.Habits.LogsLoginNames } };
        Season = new Season(Api.Habits, StartMicros, EndMicros);
        CodeTopicShare = options.Honest.HasFlag(HonestScenarios.SqlArticles) ? Api.Habits.CodeTopicShare : 0;
        Population = new Population(Api, options.Seed, options.Clients ?? DefaultClients(options), options.Honest.HasFlag(HonestScenarios.ApostropheNames));
        _load = new LoadMeter(options.RequestsPerMinute / 60 * Season.Peak * 2.2);
    }

    public SimulationOptions Options { get; }

    public ApiModel Api { get; }

    public Population Population { get; }

    public RandomSource Random { get; }

    public Season Season { get; }

    public FaultSchedule Faults { get; } = new();

    public IReadOnlyList<TruthEntry> Truth => _truth;

    public ActorQueue Actors => _actors;

    public long StartMicros { get; }

    public long EndMicros { get; }

    /// <summary>Time of the request being made.</summary>
    public long NowMicros { get; set; }

    /// <summary>Share of searches and comments that are about code.</summary>
    public double CodeTopicShare { get; }

    public double ExpectedEvents => Options.RequestsPerMinute * Options.Duration.TotalMinutes;

    public int NextClientId { get; private set; } = int.MaxValue / 2;

    public TextBuffer Text => _text;

    /// <summary>A client that is not part of the population.</summary>
    public Client NewClient(string? address = null) => Population.Create(NextClientId++, address);

    public TruthEntry Declare(TruthType type, string scenario, Intensity intensity = Intensity.Easy)
    {
        char prefix = type == TruthType.Honest ? 'h' : type.IsFault() ? 'f' : 'a';
        var entry = new TruthEntry($"{prefix}{_truth.Count + 1:000}", type, scenario, intensity) { Index = _truth.Count };
        _truth.Add(entry);
        return entry;
    }

    /// <summary>Fills in the request that a visitor sends to a route; <see cref="Complete"/> adds the answer.</summary>
    public void Write(ref TrafficEvent request, Route route, Visit visit)
    {
        request.Method = route.Method;
        request.Route = route.Template;
        route.Path.AppendTo(_text, this, visit);
        request.Path = _text.Take();
        request.Query = Render(route.Query, visit) ?? "";
        request.Body = Render(route.Body, visit);
        Sign(ref request, visit);
    }

    /// <summary>Fills in who sends the request.</summary>
    public void Sign(ref TrafficEvent request, Visit visit)
    {
        request.Client = visit.Address;
        request.UserAgent = visit.UserAgent;
        request.Referer = visit.Referer;
        request.Protocol = visit.Protocol;
        request.Host = Api.Host;
        request.User = visit.User;
        request.Session = visit.Session;
        request.ApiKey = visit.Client.ApiKey;
        request.ClientKind = visit.Client.Kind;
    }

    public string? Render(TextTemplate? template, Visit visit)
    {
        if (template is null) return null;
        template.AppendTo(_text, this, visit);
        return _text.Take();
    }

    /// <summary>Decides status, latency and size, under the load and the faults of the moment. False if the request never arrived.</summary>
    public bool Complete(ref TrafficEvent request, Route? route)
    {
        if (Faults.IsLost(request, Random)) return false;
        double pressure = _load.Add(request.TimeMicros);
        if (request.Status == 0) request.Status = route is null ? (short)404 : Random.Chance(route.ErrorRate * pressure) ? (short)500 : route.Success;
        double median = route?.MedianMicros ?? 2_500;
        double latency = Random.LogNormal(median, route?.LatencySigma ?? 0.4) * pressure;
        // Refusals in front of the application are quick; others skip part of the work.
        if (request.Status is 403 or 429) latency = Random.LogNormal(4_000, 0.6) * pressure;
        else if (request.Status is >= 400 and < 500) latency *= 0.45;
        request.DurationMicros += (long)latency;
        if (route is not null) Faults.Apply(ref request, route, Random);
        if (request.ResponseBytes == 0) request.ResponseBytes = ResponseSize(request, route);
        request.RequestBytes = 280 + request.Path.Length + request.Query.Length + (request.Body?.Length ?? 0);
        if (!Options.Bodies) request.Body = null;
        return true;
    }

    private long ResponseSize(in TrafficEvent request, Route? route) => request.Status switch
    {
        204 or 304 => 0,
        >= 300 and < 400 => 178,
        >= 500 => 150 + Random.Next(400),
        >= 400 => 60 + Random.Next(220),
        _ when route is null => 500,
        _ when route.SizeSigma == 0 => route.Object is null ? (long)route.MedianBytes : FileSize(request, route),
        _ => (long)Random.LogNormal(route.MedianBytes, route.SizeSigma),
    };

    /// <summary>A file's size is its own: the same name, the same bytes.</summary>
    private static long FileSize(in TrafficEvent request, Route route)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in request.Path) hash = (hash ^ c) * 1099511628211;
        foreach (char c in request.Query) hash = (hash ^ c) * 1099511628211;
        // A sum of four uniforms is near enough to a normal draw.
        double sum = (hash & 0xFFFF) + (hash >> 16 & 0xFFFF) + (hash >> 32 & 0xFFFF) + (hash >> 48);
        return (long)(route.MedianBytes * Math.Exp(1.4 * (sum / 65535 - 2)));
    }

    private static int DefaultClients(SimulationOptions options) =>
        (int)Math.Clamp(options.RequestsPerMinute * options.Duration.TotalMinutes / 45, 200, 2_000_000);
}
