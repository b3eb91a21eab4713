using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;
using Vedette.Server.Access;
using Vedette.Server.Ingestion;
using Vedette.Server.Observability;
using Vedette.Server.Settings;

namespace Vedette.Server.Api;

/// <summary><c>/detect</c>: one question at a time, answered at once. What is asked about is no traffic: it is not stored and changes no baseline.</summary>
internal sealed class Detect(RequestJudge judge, RequestInspector inspector, LogParsers parsers, ServiceState service, ServerMetrics metrics, ServerOptions options, TimeProvider time)
{
    private const int MaxBatchLines = 100;
    private const int MaxPooled = 64;

    /// <summary>Weaker scores are answered without their evidence.</summary>
    private const float MinExplained = 0.2f;

    private readonly ConcurrentQueue<DetectScratch> _pool = new();
    private readonly Histogram _duration = metrics.Detector("request_judge");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/detect", context => AnswerAsync(context, isBatch: false)).Describe(Role.Analyst, "Judge one request: {\"log_line\", \"session_id\"} or {\"event\"}; or several: {\"logs\", \"threshold\"}.")
            .With(QuerySchema.None).Takes<DetectQuestion>().Produces<DetectVerdict>().Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType);
        routes.MapPost("/detect/batch", context => AnswerAsync(context, isBatch: true)).Describe(Role.Analyst, "Judge up to 100 log lines: {\"log_lines\", \"session_id\"}.")
            .With(QuerySchema.None).Takes<DetectBatchQuestion>().Produces<DetectBatchAnswer>().Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType);
    }

    private async Task AnswerAsync(HttpContext context, bool isBatch)
    {
        if (!_pool.TryDequeue(out DetectScratch? scratch)) scratch = new DetectScratch(judge);
        try
        {
            if (!await ReadBodyAsync(context, scratch.Batch.Events)) return;
            await JudgeAsync(context, scratch, isBatch);
        }
        finally
        {
            scratch.Reset();
            if (_pool.Count < MaxPooled) _pool.Enqueue(scratch);
        }
    }

    private async ValueTask<bool> ReadBodyAsync(HttpContext context, EventBatch batch)
    {
        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send the body uncompressed.");
            return false;
        }
        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (batch.TextLength + read.Buffer.Length > options.MaxBodyBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {options.MaxBodyBytes} bytes.");
                return false;
            }
            foreach (ReadOnlyMemory<byte> part in read.Buffer) batch.Append(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return true;
        }
    }

    private Task JudgeAsync(HttpContext context, DetectScratch scratch, bool isBatch)
    {
        EventBatch batch = scratch.Batch.Events;
        DetectRequest request = DetectRequest.Read(batch, isBatch ? MaxBatchLines : options.MaxEventsPerRequest);
        if (request.Error is { } error) return Problem.BadFieldAsync(context, error.Field, error.Error);
        if (isBatch && request.Kind != DetectKind.Lines) return Problem.BadFieldAsync(context, "log_lines", "is missing: send up to 100 lines of a log");
        bool isText = request.Kind is DetectKind.Line or DetectKind.Lines;
        (isText ? parsers.Text : parsers.Json).Parse(batch);
        string? session = Complete(batch, request.Session);
        long started = Stopwatch.GetTimestamp();
        scratch.Prepare(scratch.Batch);
        DetectKind kind = request.Kind;
        double? threshold = request.Threshold;
        if (batch.EventCount == 0 && kind != DetectKind.Lines) return RefuseAsync(context, batch, kind);
        Task writing = kind switch
        {
            DetectKind.Logs => Answer.JsonAsync(context, JudgeLogs(scratch, threshold), WireJson.Wire.DetectLogsAnswer),
            DetectKind.Lines => Answer.JsonAsync(context, JudgeLines(scratch, session), WireJson.Wire.DetectBatchAnswer),
            _ => Answer.JsonAsync(context, Judge(scratch, 0, session), WireJson.Wire.DetectVerdict),
        };
        _duration.Observe(Stopwatch.GetElapsedTime(started));
        return writing;
    }

    /// <summary>Requests without a time happen now; those without a session belong to the one that was given.</summary>
    private string? Complete(EventBatch batch, Utf8Slice session)
    {
        long now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        foreach (ref HttpEvent e in batch.Events)
        {
            if (e.TimeMicros == HttpEvent.Unknown) e.TimeMicros = now;
            if (e.Session.IsEmpty) e.Session = session;
        }
        return session.IsEmpty ? null : Encoding.UTF8.GetString(batch[session]);
    }

    private static Task RefuseAsync(HttpContext context, EventBatch batch, DetectKind kind)
    {
        string name = kind switch { DetectKind.Line => "log_line", DetectKind.Event => "event", _ => "logs" };
        return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Nothing could be read.", [.. RejectedEvent.Of(batch).Select(entry =>
        {
            string place = kind == DetectKind.Logs ? $"{name}[{entry.Index}]" : name;
            return new FieldError(entry.Field is null || kind == DetectKind.Line ? place : $"{place}.{entry.Field}", kind == DetectKind.Line ? "is no access-log line that can be read: " + entry.Error : entry.Error);
        })]);
    }

    private DetectVerdict Judge(DetectScratch scratch, int index, string? session)
    {
        RequestVerdict verdict = judge.Judge(scratch.Batch, index);
        if (verdict.IsAnomaly) metrics.CountAnomalies("detect", 1);
        ref readonly HttpEvent request = ref scratch.Batch.Events.Events[index];
        return new DetectVerdict
        {
            IsAnomaly = verdict.IsAnomaly,
            AnomalyScore = Round(verdict.AnomalyScore),
            Phase = service.Phase,
            Timestamp = DateTimeOffset.UnixEpoch.AddTicks(request.TimeMicros * 10),
            SessionId = session,
            AttackTypes = NamesOf(verdict),
            Endpoint = verdict.Endpoint,
            Details = new DetectDetails(Explain(scratch, request, verdict), VoteOf(verdict.IsolationForest, verdict.ForestScore), VoteOf(verdict.Transformer, verdict.Surprisal)),
            Parsed = scratch.Write(request),
        };
    }

    private DetectBatchAnswer JudgeLines(DetectScratch scratch, string? session)
    {
        var results = new DetectVerdict[scratch.Batch.Events.EventCount];
        int anomalies = 0;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Judge(scratch, i, session) with { Index = (int)scratch.Batch.Events.Events[i].Line - 1 };
            if (results[i].IsAnomaly) anomalies++;
        }
        var summary = new DetectSummary(results.Length, anomalies, results.Length - anomalies, Share(anomalies, results.Length));
        return new DetectBatchAnswer(results, summary) { Errors = RejectedEvent.Of(scratch.Batch.Events) };
    }

    private DetectLogsAnswer JudgeLogs(DetectScratch scratch, double? threshold)
    {
        EventBatch batch = scratch.Batch.Events;
        var found = new List<AnomalousLog>();
        for (int i = 0; i < batch.EventCount; i++)
        {
            RequestVerdict verdict = judge.Judge(scratch.Batch, i);
            double score = verdict.ForestScore ?? -verdict.AnomalyScore;
            // The threshold is the forest's: a payload is an attack whatever the forest makes of it.
            bool isAnomaly = threshold is { } limit ? score <= limit || verdict.Signatures.IsAnomaly : verdict.IsAnomaly;
            if (!isAnomaly) continue;
            ref readonly HttpEvent request = ref batch.Events[i];
            found.Add(new AnomalousLog
            {
                Index = (int)request.Line - 1,
                AnomalyScore = Round(verdict.AnomalyScore),
                // Adding nothing makes of a zero below nothing a plain one.
                Score = Math.Round(score, 4) + 0.0,
                AttackTypes = NamesOf(verdict),
                Votes = VotesOf(verdict),
                Log = scratch.Write(request),
            });
        }
        metrics.CountAnomalies("detect", found.Count);
        return new DetectLogsAnswer
        {
            Anomalies = found,
            Total = batch.EventCount,
            AnomalyCount = found.Count,
            AnomalyRate = Share(found.Count, batch.EventCount),
            Threshold = threshold ?? judge.Models?.RequestThreshold,
            Phase = service.Phase,
            Rejected = RejectedEvent.Of(batch),
        };
    }

    private SignatureVote Explain(DetectScratch scratch, in HttpEvent request, in RequestVerdict verdict) => new()
    {
        Ready = true,
        IsAnomaly = verdict.Signatures.IsAnomaly,
        Vote = Round(verdict.Signatures.Vote),
        Weight = Round(verdict.Signatures.Weight),
        Confidence = Round(verdict.PayloadScore),
        Matches = verdict.PayloadScore < MinExplained ? []
            : [.. inspector.Explain(scratch.Batch.Events, request, scratch.Inspection).Select(static match => new SignatureMatch(match.Where, match.Rule, match.Class.Name(), match.Text))],
    };

    private static DetectorVote VoteOf(RequestVote vote, float? score) => new()
    {
        Ready = vote.IsReady,
        IsAnomaly = vote.IsAnomaly,
        Vote = vote.IsReady ? Round(vote.Vote) : null,
        Weight = Round(vote.Weight),
        Score = score is { } value ? Round(value) : null,
    };

    private static Dictionary<string, double> VotesOf(in RequestVerdict verdict)
    {
        var votes = new Dictionary<string, double> { ["signatures"] = Round(verdict.Signatures.Vote) };
        if (verdict.IsolationForest.IsReady) votes["isolation_forest"] = Round(verdict.IsolationForest.Vote);
        if (verdict.Transformer.IsReady) votes["transformer"] = Round(verdict.Transformer.Vote);
        return votes;
    }

    private static IReadOnlyList<string> NamesOf(in RequestVerdict verdict) => verdict.Payloads == PayloadClasses.None ? [] : [.. verdict.Types.Select(static type => type.Name())];

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);

    private static double Round(float value) => Math.Round((double)value, 4);
}
