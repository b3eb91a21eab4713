namespace Vedette.Lab.Simulation;

/// <summary>One thing that really happened: an attack campaign, a fault, or an unusual but honest episode.</summary>
/// <remarks>Filled while the traffic is read; complete once the simulation has ended.</remarks>
public sealed class TruthEntry
{
    private readonly HashSet<string> _actors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _routes = new(StringComparer.Ordinal);
    private string? _endpoint;

    internal TruthEntry(string id, TruthType type, string scenario, Intensity intensity)
    {
        Id = id;
        Type = type;
        Scenario = scenario;
        Intensity = intensity;
    }

    /// <summary>Unique in the run: <c>a017</c> for attacks, <c>f003</c> for faults, <c>h002</c> for honest episodes.</summary>
    public string Id { get; }

    /// <summary>Position in <see cref="TrafficSimulator.Truth"/>.</summary>
    internal int Index { get; init; }

    public TruthType Type { get; }

    /// <summary>Variant in a few words: <c>sqlmap</c>, <c>nat_gateway</c>, <c>queueing</c>.</summary>
    public string Scenario { get; }

    public Intensity Intensity { get; }

    /// <summary>Client addresses that took part, in order of appearance; empty for faults.</summary>
    public IReadOnlyCollection<string> Actors => _actors;

    /// <summary>Accounts that were used or aimed at, in order of appearance.</summary>
    public IReadOnlyCollection<string> Users => _users;

    /// <summary>Route template the events met most, <c>*</c> for a fault of the whole API.</summary>
    public string Endpoint
    {
        get => _endpoint ?? _routes.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).FirstOrDefault().Key ?? "*";
        internal set => _endpoint = value;
    }

    /// <summary>First event, or the begin of the fault: microseconds since 1970.</summary>
    public long StartMicros { get; internal set; } = long.MaxValue;

    /// <summary>Last event, or the end of the fault.</summary>
    public long EndMicros { get; internal set; }

    /// <summary>Events that carry this label. Faults that only change other traffic have none.</summary>
    public int Events { get; private set; }

    /// <summary>Upper bound of <see cref="Users"/>; a leaked list may be longer than anybody reads.</summary>
    public const int MaxUsers = 1000;

    internal void Count(in TrafficEvent request)
    {
        Events++;
        StartMicros = Math.Min(StartMicros, request.TimeMicros);
        EndMicros = Math.Max(EndMicros, request.TimeMicros);
        _actors.Add(request.Client);
        if (!request.IsCover && request.Route.Length > 0) _routes[request.Route] = _routes.GetValueOrDefault(request.Route) + 1;
        if (request.User is not null) AddUser(request.User);
    }

    internal void AddUser(string user)
    {
        if (_users.Count < MaxUsers) _users.Add(user);
    }
}

/// <summary>How easy something is to notice.</summary>
public enum Intensity : byte
{
    /// <summary>Fast, loud, few sources, tool-like clients.</summary>
    Easy,
    Medium,

    /// <summary>Slow or spread over many sources, agents of browsers, honest requests in between.</summary>
    Hard,
}
