using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Learning;
using Vedette.Server.Access;
using Vedette.Server.Analysis;
using Vedette.Server.Ingestion;
using Vedette.Server.Models;
using Vedette.Storage;

namespace Vedette.Server.Api;

/// <summary><c>/status</c>: phase, models, store, inputs and books in one document.</summary>
internal sealed class Status(ServiceState service, AnalysisLoop analysis, EventIntake intake, ModelKeeper keeper, ModelStates models, Store store, AlertAllowance allowance, AlertTally alerts)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", GetAsync).Describe(Role.Viewer, "Phase, models, store, inputs, and what became of the events.").With(QuerySchema.None).Produces<StatusDocument>();

    private async Task GetAsync(HttpContext context)
    {
        EngineState state = analysis.State;
        LearningStatus learning = keeper.Status;
        await Answer.JsonAsync(context, new StatusDocument
        {
            Status = service.Health,
            Phase = service.Phase,
            LogsProcessed = state.Events,
            ActiveModels = service.ActiveModels,
            WarmupTarget = learning.WarmupTarget,
            WarmupComplete = keeper.Active is not null || state.Events >= learning.WarmupTarget,
            TrainingInProgress = keeper.IsTraining,
            VocabularySize = keeper.Active?.VocabularySize ?? state.Routes,
            TrainingSequences = keeper.Active?.Lineage.Sequences ?? learning.Sequences,
            IsoTrainingSamples = keeper.Active?.Lineage.Windows ?? learning.Windows,
            IsolationForestReady = service.ActiveModels.Contains(ModelNames.IsolationForest),
            TransformerReady = service.ActiveModels.Contains(ModelNames.Transformer),
            Models = models.All,
            Version = ServiceState.Version,
            StartedAt = service.StartedAt,
            Store = await StoreAsync(context.RequestAborted),
            Sources = [.. intake.Sources.All.Where(static source => source.Received > 0).Select(static source => new SourceRow(source.Name, source.Kind, source.Received, TimeOf(source.LastEventMicros), source.Rejected, source.Problem))],
            Events = new EventBooks(intake.Books.Received, intake.Books.Analysed, intake.Books.Deferred, intake.Books.Rejected, service.LagSeconds),
            CallersTracked = state.Callers,
            AlertBudget = new AlertBudgetState(allowance.PerDay, Math.Max(0, allowance.PerDay - alerts.LastDay)),
            Replayed = state.Replayed,
        }, WireJson.Wire.StatusDocument);
    }

    private async ValueTask<StoreState> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            long size = intake.Health.IsUp ? await store.Events.SizeBytesAsync(cancellationToken) : 0;
            return new StoreState(store.Events.Kind, await store.Events.VersionAsync(cancellationToken), size, intake.Health.Problem);
        }
        catch (StoreUnavailableException e)
        {
            return new StoreState(store.Events.Kind, null, 0, e.Message);
        }
    }

    private static DateTimeOffset? TimeOf(long micros) => micros == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
}

/// <summary>The whole state of the server.</summary>
public sealed record StatusDocument
{
    /// <summary>healthy, starting or degraded.</summary>
    public required string Status { get; init; }

    /// <summary>warmup, training, ensemble or waiting.</summary>
    public required string Phase { get; init; }

    public long LogsProcessed { get; init; }

    /// <summary>Events after which models are trained.</summary>
    public long WarmupTarget { get; init; }

    public bool WarmupComplete { get; init; }

    public bool TrainingInProgress { get; init; }

    /// <summary>Request tokens the sequence models know; route templates known while there are none.</summary>
    public int VocabularySize { get; init; }

    public long TrainingSequences { get; init; }

    public long IsoTrainingSamples { get; init; }

    public bool IsolationForestReady { get; init; }

    public bool TransformerReady { get; init; }

    public IReadOnlyList<string> ActiveModels { get; init; } = [];

    public IReadOnlyList<ModelState> Models { get; init; } = [];

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public required StoreState Store { get; init; }

    public IReadOnlyList<SourceRow> Sources { get; init; } = [];

    public required EventBooks Events { get; init; }

    public int CallersTracked { get; init; }

    public required AlertBudgetState AlertBudget { get; init; }

    /// <summary>Share of the replay of stored traffic that is done, 0 to 1.</summary>
    public double Replayed { get; init; }
}

/// <summary>One model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Whether it votes.</param>
/// <param name="Version">Its version; null if there is none yet.</param>
/// <param name="Weight">How much its vote counts.</param>
/// <param name="Metrics">How well it did on held-out data.</param>
public sealed record ModelState(string Name, bool Ready, string? Version, double Weight, IReadOnlyDictionary<string, double> Metrics);

/// <summary>The store.</summary>
/// <param name="Kind">sqlite or postgresql.</param>
/// <param name="Version">Name and version of what keeps it.</param>
/// <param name="SizeBytes">Bytes on disk.</param>
/// <param name="Problem">Why it cannot be used now; null if it can.</param>
public sealed record StoreState(string Kind, string? Version, long SizeBytes, string? Problem);

/// <summary>One input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">http, otlp, syslog.</param>
/// <param name="Events">Events that came.</param>
/// <param name="LastEvent">Latest event time.</param>
/// <param name="Rejected">Events that were not taken.</param>
/// <param name="Problem">What was wrong with the last of them.</param>
public sealed record SourceRow(string Name, string Kind, long Events, DateTimeOffset? LastEvent, long Rejected, string? Problem);

/// <summary>The books: received = analysed + deferred + rejected.</summary>
/// <param name="Received">Events that came.</param>
/// <param name="Analysed">Events analysed and stored.</param>
/// <param name="Deferred">Events that wait.</param>
/// <param name="Rejected">Events refused.</param>
/// <param name="LagSeconds">Seconds between the latest event time and now.</param>
public sealed record EventBooks(long Received, long Analysed, long Deferred, long Rejected, double LagSeconds);

/// <summary>How many alarms are accepted.</summary>
/// <param name="PerDay">False alarms accepted a day: the setting <c>Risk:AlertsPerDay</c>, moved by the verdicts of the last week.</param>
/// <param name="Left">What is left of today's, if every incident of medium or higher risk had been a false alarm.</param>
public sealed record AlertBudgetState(double PerDay, double Left);
