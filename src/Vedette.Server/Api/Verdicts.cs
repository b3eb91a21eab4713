using System.Collections.Concurrent;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary>The latest verdict on each incident, in memory for lists. Thread-safe.</summary>
internal sealed class Verdicts(IControlStore store)
{
    private const int MaxLoaded = 10_000;

    private readonly ConcurrentDictionary<string, FeedbackRecord> _byIncident = new(StringComparer.Ordinal);

    /// <summary>Called when a verdict was given; must not block.</summary>
    public Action? Changed { get; set; }

    /// <summary>The latest verdict on each incident, the oldest first.</summary>
    public IReadOnlyList<FeedbackRecord> All => [.. _byIncident.Values.OrderBy(static feedback => feedback.Time).ThenBy(static feedback => feedback.Incident, StringComparer.Ordinal)];

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedbackRecord> all = await store.FeedbackAsync(null, MaxLoaded, cancellationToken);
        foreach (FeedbackRecord feedback in all) _byIncident.TryAdd(feedback.Incident, feedback);
        Changed?.Invoke();
    }

    public string? Of(string incident) => _byIncident.GetValueOrDefault(incident)?.Verdict;

    public void Set(FeedbackRecord feedback)
    {
        _byIncident[feedback.Incident] = feedback;
        Changed?.Invoke();
    }
}
