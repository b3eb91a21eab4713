using System.Collections.Immutable;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary>The decisions in force and those that ended lately, in memory; the store is the truth, and what changed in it is read every few seconds. Thread-safe.</summary>
internal sealed class DecisionList(IControlStore store, TimeProvider time)
{
    /// <summary>How long a decision is remembered after its end: proxies that were away are told of it, and the next one about the same caller lasts longer.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>By how much the clocks of servers that share a store may differ, and a save may take.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private ImmutableDictionary<string, DecisionRecord> _decisions = ImmutableDictionary<string, DecisionRecord>.Empty;
    private DateTimeOffset _loadedUntil = DateTimeOffset.UnixEpoch;

    /// <summary>Reads what changed since the last time, all of it at first. For one thread.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow(), oldest = now - Memory;
        IReadOnlyList<DecisionRecord> changed = await store.DecisionsAsync(_loadedUntil, oldest, cancellationToken);
        ImmutableInterlocked.Update(ref _decisions, decisions => decisions.RemoveRange(decisions.Values.Where(decision => EndOf(decision) < oldest).Select(static decision => decision.Id))
            .SetItems(changed.Select(static decision => KeyValuePair.Create(decision.Id, decision))));
        _loadedUntil = now - Overlap;
    }

    public IReadOnlyCollection<DecisionRecord> Active
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            return [.. _decisions.Values.Where(decision => decision.DeletedAt is null && decision.ExpiresAt > now)];
        }
    }

    /// <summary>Those that ended in the last 30 days included.</summary>
    public IEnumerable<DecisionRecord> All => _decisions.Values;

    public DecisionRecord? Find(string id) => _decisions.GetValueOrDefault(id);

    public IEnumerable<KeyValuePair<(string Type, string Origin), int>> CountActive() =>
        Active.GroupBy(static decision => (decision.Type, decision.Origin)).Select(static group => KeyValuePair.Create((group.Key.Type, group.Key.Origin), group.Count()));

    public async ValueTask SaveAsync(DecisionRecord decision, CancellationToken cancellationToken)
    {
        await store.SaveDecisionAsync(decision, cancellationToken);
        ImmutableInterlocked.AddOrUpdate(ref _decisions, decision.Id, decision, (_, _) => decision);
    }

    private static DateTimeOffset EndOf(DecisionRecord decision) => decision.DeletedAt is { } deleted && deleted < decision.ExpiresAt ? deleted : decision.ExpiresAt;
}
