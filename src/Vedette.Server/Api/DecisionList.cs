using System.Collections.Immutable;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary>The decisions in force, in memory; the store is the truth and is read again every few seconds. Thread-safe.</summary>
internal sealed class DecisionList(IControlStore store, TimeProvider time)
{
    private ImmutableDictionary<string, DecisionRecord> _decisions = ImmutableDictionary<string, DecisionRecord>.Empty;

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DecisionRecord> all = await store.DecisionsAsync(null, cancellationToken);
        _decisions = all.ToImmutableDictionary(static decision => decision.Id);
    }

    public IReadOnlyCollection<DecisionRecord> Active
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            return [.. _decisions.Values.Where(decision => decision.DeletedAt is null && decision.ExpiresAt > now)];
        }
    }

    /// <summary>Expired and deleted ones included.</summary>
    public IEnumerable<DecisionRecord> All => _decisions.Values;

    public DecisionRecord? Find(string id) => _decisions.GetValueOrDefault(id);

    public IEnumerable<KeyValuePair<(string Type, string Origin), int>> CountActive() =>
        Active.GroupBy(static decision => (decision.Type, decision.Origin)).Select(static group => KeyValuePair.Create((group.Key.Type, group.Key.Origin), group.Count()));

    public async ValueTask SaveAsync(DecisionRecord decision, CancellationToken cancellationToken)
    {
        await store.SaveDecisionAsync(decision, cancellationToken);
        ImmutableInterlocked.AddOrUpdate(ref _decisions, decision.Id, decision, (_, _) => decision);
    }
}
