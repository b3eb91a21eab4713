using System.Collections.Concurrent;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary>The latest verdict on each incident, in memory for lists. Thread-safe.</summary>
internal sealed class Verdicts(IControlStore store)
{
    private const int MaxLoaded = 10_000;

    private readonly ConcurrentDictionary<string, string> _byIncident = new(StringComparer.Ordinal);

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedbackRecord> all = await store.FeedbackAsync(null, MaxLoaded, cancellationToken);
        foreach (FeedbackRecord feedback in all) _byIncident.TryAdd(feedback.Incident, feedback.Verdict);
    }

    public string? Of(string incident) => _byIncident.GetValueOrDefault(incident);

    public void Set(string incident, string verdict) => _byIncident[incident] = verdict;
}
