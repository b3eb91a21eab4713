using System.Text.Json;
using Microsoft.Extensions.Logging;
using Vedette.Server.Access;
using Vedette.Server.Api;
using Vedette.Server.Ingestion;
using Vedette.Server.Live;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Events;

namespace Vedette.Server.Background;

/// <summary>What is done every so often: live figures, a look at keys and decisions that others changed, a look whether the store is back, retention.</summary>
internal sealed partial class Housekeeping(Store store, SettingsState settings, EventIntake intake, KeyRing keys, DecisionList decisions, LiveFeed live, ServiceState service, ModelKeeper models, AlertAllowance allowance, ServerMetrics metrics,
    TimeProvider time, ILogger<Housekeeping> logger)
{
    private const int RefreshSeconds = 5;
    private const int RetentionSeconds = 600;

    private long _requests;
    private long _errors;
    private long _anomalies;
    private string _phase = "";

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        _phase = service.Phase;
        for (long second = 0; await TickAsync(timer, stopping); second++)
        {
            PublishStats();
            PublishPhase();
            if (!intake.Health.IsUp) await AttemptAsync("probe", () => ProbeAsync(stopping));
            _ = TendModelsAsync(stopping);
            if (second % RefreshSeconds == RefreshSeconds - 1) await AttemptAsync("refresh", () => RefreshAsync(stopping));
            if (second % RetentionSeconds == RetentionSeconds - 1) await AttemptAsync("retention", () => RetainAsync(stopping));
        }
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A training takes long; the rest goes on meanwhile.</summary>
    private async Task TendModelsAsync(CancellationToken stopping) => await AttemptAsync("models", async () => await models.TendAsync(stopping));

    private void PublishStats()
    {
        long requests = intake.Books.Analysed, errors = metrics.TrafficErrors, anomalies = metrics.Anomalies;
        var stats = new LiveStats(time.GetUtcNow(), requests - _requests, errors - _errors, anomalies - _anomalies, requests, anomalies, service.Phase, service.LagSeconds, live.Readers);
        (_requests, _errors, _anomalies) = (requests, errors, anomalies);
        live.PublishStats(JsonSerializer.SerializeToUtf8Bytes(stats, WireJson.Wire.LiveStats));
    }

    private void PublishPhase()
    {
        if (service.Phase == _phase) return;
        _phase = service.Phase;
        live.Publish("phase", JsonSerializer.SerializeToUtf8Bytes(new LivePhase(_phase), WireJson.Wire.LivePhase));
    }

    private async ValueTask ProbeAsync(CancellationToken stopping)
    {
        if (await store.Events.ProblemAsync(stopping) is { } problem) intake.Health.MarkDown(problem);
        else intake.Health.MarkUp();
    }

    private async ValueTask RefreshAsync(CancellationToken stopping)
    {
        if (!intake.Health.IsUp) return;
        await keys.LoadAsync(stopping);
        await decisions.LoadAsync(stopping);
    }

    private async ValueTask RetainAsync(CancellationToken stopping)
    {
        if (!intake.Health.IsUp) return;
        StorageOptions storage = settings.Current.Storage;
        allowance.Review();
        DateTimeOffset now = time.GetUtcNow();
        long deleted = await store.Events.ApplyRetentionAsync(new RetentionPolicy(storage.MaxAge, storage.MaxBytes), now, stopping);
        await store.Results.DeleteBeforeAsync(now - storage.MaxAge, stopping);
        if (deleted > 0) LogDeleted(deleted);
    }

    /// <summary>Nothing that fails here may end the rest; it is tried again next time.</summary>
    private async ValueTask AttemptAsync(string what, Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // The store's state is told by the writer; a stop needs no word.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e, what);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention deleted {Count} events.")]
    private partial void LogDeleted(long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Background work failed: {What}.")]
    private partial void LogFailed(Exception exception, string what);
}
