using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Engine.Sources;
using Vedette.Lab.Training;
using Vedette.Server.Access;
using Vedette.Server.Ingestion;
using Vedette.Server.Models;
using Vedette.Server.Settings;

namespace Vedette.Server.Api;

/// <summary><c>/train</c>, <c>/load-model</c>, <c>/api/models</c>: models are trained, measured, kept in versions, and chosen.</summary>
internal sealed class Training(ModelKeeper keeper, ModelStates states, LogParsers parsers, EventIntake intake, EngineOptions engine, ServerOptions options, AuditLog audit)
{
    /// <summary>Of fewer logs there is nothing to hold out, and models of them would judge everything else strange.</summary>
    private const int LeastLogs = 20;

    private readonly BodyReader _bodies = new(intake, options.MaxBodyBytes);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/train", TrainAsync).Describe(Role.Analyst, "Train on {\"logs\", \"test_size\"}, or without logs on what was gathered from live traffic; answers with metrics on what was held out.")
            .With(QuerySchema.None).Takes<TrainRequest>().Produces<TrainAnswer>().Produces<Problem>(StatusCodes.Status409Conflict, Problem.ContentType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        routes.MapPost("/load-model", LoadAsync).Describe(Role.Admin, "Load a saved version, or the active one again.").With(QuerySchema.None).Takes<LoadModelRequest>()
            .Produces<ModelLoaded>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
        routes.MapGet("/api/models", ListAsync).Describe(Role.Viewer, "Versions of the models, with metrics and drift.").With(QuerySchema.None).Produces<ModelList>();
        routes.MapPost("/api/models/{version}/activate", ActivateAsync).Describe(Role.Admin, "Make a version the active one.").WithPath("version", "Name, as v0001.").With(QuerySchema.None)
            .Produces<ModelLoaded>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private async Task TrainAsync(HttpContext context)
    {
        Submission body = intake.Rent(context.Request.ContentLength);
        TrainingData? samples = null;
        double holdOut;
        int accepted;
        IReadOnlyList<RejectedEvent> rejected;
        try
        {
            if (context.Request.ContentLength != 0 && await _bodies.ReadAsync(context, body) is { } error)
            {
                await Problem.WriteAsync(context, error.Status, error.Detail);
                return;
            }
            if (TrainRequest.TryRead(body.Events, options.MaxEventsPerRequest, out holdOut, out FieldError? wrong) is false)
            {
                await Problem.BadFieldAsync(context, wrong!.Field, wrong.Error);
                return;
            }
            bool hasLogs = body.Events.LineCount > 0;
            parsers.Json.Parse(body.Events);
            accepted = body.Events.EventCount;
            rejected = RejectedEvent.Of(body.Events);
            if (hasLogs && accepted == 0)
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "No log could be read.", [.. rejected.Select(static entry => new FieldError($"logs[{entry.Index}]" + (entry.Field is null ? "" : "." + entry.Field), entry.Error))]);
                return;
            }
            if (hasLogs && accepted < LeastLogs)
            {
                string tooFew = $"{accepted} {(accepted == 1 ? "log is" : "logs are")} too few to learn from; send at least {LeastLogs}, better some thousands.";
                await Problem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, tooFew, [new FieldError("logs", tooFew)]);
                return;
            }
            if (hasLogs) samples = Gather(body.Events, context.RequestAborted);
        }
        finally
        {
            intake.Return(body);
        }
        await TrainAsync(context, samples, holdOut, accepted, rejected);
    }

    private async Task TrainAsync(HttpContext context, TrainingData? samples, double holdOut, int accepted, IReadOnlyList<RejectedEvent> rejected)
    {
        try
        {
            // Asked for by somebody who waits: sound settings at once rather than better ones later. But whoever sends traffic comes first, so one thread that comes last.
            ModelSet? trained = await keeper.TrainAsync(samples, new TrainerOptions { HoldOut = holdOut, Tune = false, MaxThreads = 1 }, null, context.RequestAborted);
            if (trained is null)
            {
                context.Response.Headers.RetryAfter = "30";
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "A training is under way; GET /status tells when it is over.");
                return;
            }
            await audit.AddAsync(context, "model.train", trained.Version);
            string ordinaryFrom = !trained.Lineage.HasOwnOrdinary ? "labelled" : samples is null ? "live_traffic" : "logs";
            await Answer.JsonAsync(context, new TrainAnswer("trained", trained.Version, accepted, rejected, ordinaryFrom, trained.Lineage.Labelled, MetricsOf(trained.Lineage), trained.Ready), WireJson.Wire.TrainAnswer);
        }
        catch (ArgumentException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, e.Message, [new FieldError("logs", e.Message)]);
        }
        catch (IOException e)
        {
            await Problem.UnavailableAsync(context, $"The models were trained but could not be kept: {e.Message}");
        }
    }

    private TrainingData Gather(EventBatch logs, CancellationToken cancellationToken)
    {
        using var source = new LogsAsSource(logs);
        return GatheredTraffic.Of(source, parsers.Json, engine, static _ => { }, cancellationToken);
    }

    private async Task LoadAsync(HttpContext context)
    {
        LoadModelRequest? request = context.Request.ContentLength is null or 0 ? new LoadModelRequest(null) : await Answer.ReadAsync(context, WireJson.Wire.LoadModelRequest);
        if (request is null) return;
        await UseAsync(context, "model.load", request.Version, () => request.Version is { Length: > 0 } version ? keeper.Activate(version) : keeper.Reload());
    }

    private Task ActivateAsync(HttpContext context)
    {
        string version = (string)context.Request.RouteValues["version"]!;
        return UseAsync(context, "model.activate", version, () => keeper.Activate(version));
    }

    private async Task UseAsync(HttpContext context, string action, string? version, Func<ModelSet?> use)
    {
        try
        {
            if (await Task.Run(use, context.RequestAborted) is not { } models)
            {
                await Problem.NotFoundAsync(context, "trained model yet; POST /train makes one");
                return;
            }
            await audit.AddAsync(context, action, models.Version);
            await Answer.JsonAsync(context, new ModelLoaded("loaded", models.Version, models.Ready), WireJson.Wire.ModelLoaded);
        }
        catch (InvalidDataException e)
        {
            // Without a version it is the active one, which is there but cannot be used.
            bool isKnown = string.IsNullOrEmpty(version) || keeper.Versions.Any(known => known.Version == version);
            await Problem.WriteAsync(context, isKnown ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status404NotFound, isKnown ? e.Message : "There is no such version; GET /api/models lists them.");
        }
    }

    private Task ListAsync(HttpContext context)
    {
        DriftReport? drift = keeper.Drift;
        ModelVersionRow Row(ModelVersion version)
        {
            ModelLineage lineage = version.Lineage;
            return new ModelVersionRow
            {
                Version = version.Version,
                CreatedAt = lineage.CreatedAt,
                Active = version.Version == keeper.Active?.Version,
                Parent = lineage.Parent,
                Bytes = version.Bytes,
                Metrics = MetricsOf(lineage),
                Importance = [.. lineage.Importance.Select(static share => new FeatureImportance(share.Name, share.Share))],
                Training = new TrainingFacts(lineage.Events, lineage.From, lineage.To, lineage.Seed, lineage.Windows, lineage.Requests, lineage.Sequences),
                Drift = version.Version == keeper.Active?.Version && drift is not null ? new ModelDrift(drift.Score, [.. drift.Features.Select(static f => new DriftOfFeature(f.Name, f.Psi))]) : null,
            };
        }

        return Answer.JsonAsync(context, new ModelList(keeper.Active?.Version, [.. keeper.Versions.Select(Row)], states.All), WireJson.Wire.ModelList);
    }

    private static Dictionary<string, ModelQuality> MetricsOf(ModelLineage lineage) =>
        lineage.Metrics.ToDictionary(static m => m.Name, static m => new ModelQuality(m.Precision, m.Recall, m.F1, m.Auc, m.FalsePositives, m.Rows, m.Attacks));

    /// <summary>Logs that were read already, once.</summary>
    private sealed class LogsAsSource(EventBatch logs) : IBatchSource
    {
        private bool _isRead;

        public IReadOnlyList<string> Names => ["train"];

        public IReadOnlyList<string> Warnings => [];

        public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
        {
            batch.Clear();
            if (_isRead) return false;
            _isRead = true;
            foreach (ref readonly HttpEvent e in logs.Events)
            {
                Utf8Slice line = batch.Append(logs[e.Raw]);
                batch.AddLine(line, e.Line);
            }
            return true;
        }

        public void Dispose()
        {
        }
    }
}
