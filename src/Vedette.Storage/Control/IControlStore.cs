namespace Vedette.Storage.Control;

/// <summary>Keeps records of few rows that steer the server. Thread-safe.</summary>
public interface IControlStore : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<KeyRecord>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>Adds the key or replaces the one of the same id.</summary>
    ValueTask SaveKeyAsync(KeyRecord key, CancellationToken cancellationToken);

    /// <summary>Value of a setting as JSON, or null.</summary>
    ValueTask<string?> SettingAsync(string name, CancellationToken cancellationToken);

    ValueTask SaveSettingAsync(string name, string json, CancellationToken cancellationToken);

    ValueTask SaveDecisionAsync(DecisionRecord decision, CancellationToken cancellationToken);

    /// <summary>Decisions in force or that ended lately, newest first; a decision ends when it runs out or is taken back.</summary>
    /// <param name="savedSince">Only what was saved at or after this time.</param>
    /// <param name="endedSince">What ended before this time is left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<DecisionRecord>> DecisionsAsync(DateTimeOffset savedSince, DateTimeOffset endedSince, CancellationToken cancellationToken);

    ValueTask AddFeedbackAsync(FeedbackRecord feedback, CancellationToken cancellationToken);

    /// <summary>Feedback on one incident, or the latest of all incidents (null), newest first.</summary>
    ValueTask<IReadOnlyList<FeedbackRecord>> FeedbackAsync(string? incident, int limit, CancellationToken cancellationToken);

    ValueTask SaveModelAsync(ModelRecord model, CancellationToken cancellationToken);

    /// <summary>Model versions, newest first.</summary>
    ValueTask<IReadOnlyList<ModelRecord>> ModelsAsync(CancellationToken cancellationToken);

    ValueTask AddAuditAsync(AuditRecord entry, CancellationToken cancellationToken);

    ValueTask<Page<AuditRecord>> AuditAsync(PageRequest page, CancellationToken cancellationToken);
}
