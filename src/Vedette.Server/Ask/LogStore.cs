using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;
using Vedette.Server.Analysis;
using Vedette.Server.Api;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Results;

namespace Vedette.Server.Ask;

/// <summary>Log files brought into a store of their own for as long as questions about them are asked.</summary>
public sealed class LogStore : IAsyncDisposable
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder;

    private LogStore(string folder, Store store, DetectionEngine engine, DateTimeOffset end)
    {
        _folder = folder;
        Store = store;
        Engine = engine;
        End = end;
    }

    public Store Store { get; }

    /// <summary>The engine that has seen all of it.</summary>
    public DetectionEngine Engine { get; }

    /// <summary>Time behind the last event: the "now" of questions about the past.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Reads the files to their end, analysing them as a scan does.</summary>
    /// <exception cref="InvalidDataException">No line could be read as an event.</exception>
    public static async Task<LogStore> ReadAsync(FileSource source, LogParser parser, EngineOptions options, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("vedette-query-").FullName;
        Store store = StoreFactory.Create(new StorageOptions { Url = StorageOptions.UrlOf(folder) }, TimeProvider.System);
        try
        {
            await store.OpenAsync(cancellationToken);
            var anomalies = new List<StoredAnomaly>();
            var engine = new DetectionEngine(options) { WindowJudged = anomaly => anomalies.Add(AnomalyRow.ToStored(anomaly)) };
            long last = 0;
            await Task.Run(() => BatchPipeline.Run(source, parser, engine, 2 * Environment.ProcessorCount, batch => last = Math.Max(last, Append(store, engine, batch, source.Names)), cancellationToken), cancellationToken);
            if (last == 0) throw new InvalidDataException("No line of the log could be read as an event; see 'vedette parse' for how its lines are read.");
            await store.Results.SaveIncidentsAsync([.. engine.Incidents.Select(ToStored)], cancellationToken);
            await store.Results.AppendAnomaliesAsync(anomalies, cancellationToken);
            return new LogStore(folder, store, engine, DateTimeOffset.UnixEpoch.AddTicks((last + 1) * 10));
        }
        catch
        {
            await store.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Stores a batch; returns its latest time.</summary>
    private static long Append(Store store, DetectionEngine engine, PreparedBatch batch, IReadOnlyList<string> names)
    {
        if (batch.Events.EventCount == 0) return 0;
        var outcomes = new EventOutcome[batch.Events.EventCount];
        engine.ReadOutcomes(batch, outcomes);
        // The pipeline hands batches over one after the other, on a thread that may wait.
        store.Events.AppendAsync([new EventAppend(batch.Events, outcomes, names, [])], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        long last = 0;
        foreach (ref readonly HttpEvent e in batch.Events.Events) last = Math.Max(last, e.TimeMicros);
        return last;
    }

    private static StoredIncident ToStored(Incident incident)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format)) IncidentJson.Write(json, incident);
        return ResultWriter.ToStored(incident, Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
