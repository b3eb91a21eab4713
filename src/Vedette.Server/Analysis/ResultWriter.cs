using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Engine.Risk;
using Vedette.Server.Api;
using Vedette.Server.Live;
using Vedette.Server.Observability;
using Vedette.Storage;
using Vedette.Storage.Results;

namespace Vedette.Server.Analysis;

/// <summary>Brings incidents to the store and to live readers, several changes of one at once. Tries again until the store takes them.</summary>
internal sealed partial class ResultWriter(IResultStore store, LiveFeed live, ServerMetrics metrics, TimeProvider time, ILogger<ResultWriter> logger)
{
    private const int MaxPending = 50_000;
    private const int MaxGroup = 500;

    /// <summary>A campaign may change with every request; people need not see each.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Type, string Level)> _counted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredIncident> _unsaved = new(StringComparer.Ordinal);
    private readonly Queue<StoredAnomaly> _unsavedAnomalies = new();
    private List<WindowAnomaly> _pendingAnomalies = [];
    private Dictionary<string, Incident> _pending = new(StringComparer.Ordinal);

    /// <summary>Incidents that were not written because the store was away for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes changed incidents; returns at once.</summary>
    public void Enqueue(IReadOnlyCollection<Incident> incidents)
    {
        lock (_lock)
        {
            foreach (Incident incident in incidents) _pending[incident.Id] = incident;
        }
    }

    /// <summary>Takes an unusual window; returns at once.</summary>
    public void Enqueue(WindowAnomaly anomaly)
    {
        lock (_lock)
        {
            if (_pendingAnomalies.Count < MaxPending) _pendingAnomalies.Add(anomaly);
            else Lost++;
        }
    }

    /// <summary>Writes until it is cancelled, then what is left.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FlushAsync();
        }
        await FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        (IReadOnlyCollection<Incident> changed, IReadOnlyList<WindowAnomaly> anomalies) = TakePending();
        if (changed.Count + anomalies.Count + _unsaved.Count + _unsavedAnomalies.Count == 0) return;
        long started = Stopwatch.GetTimestamp();
        foreach (Incident incident in changed.OrderBy(static incident => incident.DetectedAt)) Publish(incident);
        foreach (WindowAnomaly anomaly in anomalies) Publish(anomaly);
        metrics.Stage(Stage.Publish).Observe(Stopwatch.GetElapsedTime(started));
        await SaveAsync();
        await SaveAnomaliesAsync();
    }

    private (IReadOnlyCollection<Incident> Incidents, IReadOnlyList<WindowAnomaly> Anomalies) TakePending()
    {
        lock (_lock)
        {
            (Dictionary<string, Incident> incidents, List<WindowAnomaly> anomalies) = (_pending, _pendingAnomalies);
            if (incidents.Count > 0) _pending = new Dictionary<string, Incident>(StringComparer.Ordinal);
            if (anomalies.Count > 0) _pendingAnomalies = [];
            return (incidents.Count == 0 ? [] : incidents.Values, anomalies.Count == 0 ? [] : anomalies);
        }
    }

    private void Publish(WindowAnomaly anomaly)
    {
        StoredAnomaly stored = AnomalyRow.ToStored(anomaly);
        live.Publish("anomaly", JsonSerializer.SerializeToUtf8Bytes(AnomalyRow.Of(stored), WireJson.Wire.AnomalyRow));
        if (_unsavedAnomalies.Count < MaxPending) _unsavedAnomalies.Enqueue(stored);
        else Lost++;
    }

    private void Publish(Incident incident)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Format)) IncidentJson.Write(json, incident);
        Count(incident);
        live.PublishIncident(incident.Id, buffer.WrittenSpan);
        if (_unsaved.Count >= MaxPending && !_unsaved.ContainsKey(incident.Id)) Lost++;
        else _unsaved[incident.Id] = ToStored(incident, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Counts an incident once, and once more when its level rises.</summary>
    private void Count(Incident incident)
    {
        if (incident.PartOf is not null) return;
        (string Type, string Level) now = (incident.Type.Name(), incident.Level.Name());
        if (_counted.TryGetValue(incident.Id, out var before) && before == now) return;
        if (_counted.Count >= MaxPending) _counted.Clear();
        _counted[incident.Id] = now;
        metrics.CountIncident(now.Type, now.Level);
    }

    private async ValueTask SaveAsync()
    {
        while (_unsaved.Count > 0)
        {
            StoredIncident[] group = [.. _unsaved.Values.Take(MaxGroup)];
            try
            {
                await store.SaveIncidentsAsync(group, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(e, group.Length);
                Lost += group.Length;
            }
            foreach (StoredIncident saved in group) _unsaved.Remove(saved.Id);
        }
    }

    private async ValueTask SaveAnomaliesAsync()
    {
        while (_unsavedAnomalies.Count > 0)
        {
            StoredAnomaly[] group = [.. _unsavedAnomalies.Take(MaxGroup)];
            try
            {
                await store.AppendAnomaliesAsync(group, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogAnomaliesFailed(e, group.Length);
                Lost += group.Length;
            }
            for (int i = 0; i < group.Length; i++) _unsavedAnomalies.Dequeue();
        }
    }

    internal static StoredIncident ToStored(Incident incident, string json) => new()
    {
        Id = incident.Id,
        Type = incident.Type.Name(),
        Level = incident.Level.Name(),
        Risk = incident.Risk,
        ActorKind = incident.Actor.KindName,
        ActorValue = incident.Actor.Value,
        Endpoint = incident.Endpoint,
        FirstSeen = incident.FirstSeen,
        LastSeen = incident.LastSeen,
        DetectedAt = incident.DetectedAt,
        PartOf = incident.PartOf,
        Json = json,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} anomalies could not be stored.")]
    private partial void LogAnomaliesFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} incidents could not be stored.")]
    private partial void LogFailed(Exception exception, int count);
}
