using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Datasets;

/// <summary>What a data set holds, counted while it is written.</summary>
public sealed class DatasetTally
{
    private readonly HashSet<(string Source, string Caller, string Agent)> _known = [];
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _sources = new(StringComparer.Ordinal);

    public long Rows { get; private set; }

    public long Attacks { get; private set; }

    /// <summary>Rows by type of attack; <c>normal</c> for the others.</summary>
    public IReadOnlyDictionary<string, long> Types => _types;

    public IReadOnlyDictionary<string, long> Sources => _sources;

    /// <summary>Different users by class, told apart by address (IPv6 by /64) and user agent: normal, heavy, bot, attacker.</summary>
    public IReadOnlyDictionary<string, int> Users => _users;

    internal void Add(in TrafficEvent request, TruthEntry? truth, string source)
    {
        bool isAttack = truth is not null && truth.Type.IsAttack();
        Add(isAttack, isAttack ? truth!.Type.Name() : "normal", source);
        if (!_known.Add((source, CallerName.Normalize(request.Client), request.UserAgent))) return;
        string name = request.ClientKind.ToString().ToLowerInvariant();
        _users[name] = _users.GetValueOrDefault(name) + 1;
    }

    internal void Add(bool isAttack, string type, string source)
    {
        Rows++;
        if (isAttack) Attacks++;
        _types[type] = _types.GetValueOrDefault(type) + 1;
        _sources[source] = _sources.GetValueOrDefault(source) + 1;
    }
}
