namespace Vedette.Storage.Results;

/// <summary>Keeps what was found: incidents, anomalies, profiles. Thread-safe.</summary>
public interface IResultStore : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Writes incidents, replacing those of the same id.</summary>
    ValueTask SaveIncidentsAsync(IReadOnlyList<StoredIncident> incidents, CancellationToken cancellationToken);

    /// <summary>The incident, be it part of another or not, or null.</summary>
    ValueTask<StoredIncident?> FindIncidentAsync(string id, CancellationToken cancellationToken);

    ValueTask<Page<StoredIncident>> QueryIncidentsAsync(IncidentQuery query, PageRequest page, CancellationToken cancellationToken);

    ValueTask AppendAnomaliesAsync(IReadOnlyList<StoredAnomaly> anomalies, CancellationToken cancellationToken);

    ValueTask<Page<StoredAnomaly>> QueryAnomaliesAsync(AnomalyQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Anomalies and incidents counted per priority, type and endpoint. Incidents that are part of another are not counted.</summary>
    ValueTask<ResultCounts> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Writes profiles, replacing those of the same kind and value.</summary>
    ValueTask SaveProfilesAsync(IReadOnlyList<StoredProfile> profiles, CancellationToken cancellationToken);

    ValueTask<StoredProfile?> FindProfileAsync(string kind, string value, CancellationToken cancellationToken);

    /// <summary>Deletes anomalies and closed incidents that ended before <paramref name="before"/>.</summary>
    ValueTask<long> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
