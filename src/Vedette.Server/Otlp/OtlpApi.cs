using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Events;
using Vedette.Server.Access;
using Vedette.Server.Api;
using Vedette.Server.Ingestion;
using Vedette.Server.Otlp.Wire;
using Vedette.Server.Settings;

namespace Vedette.Server.Otlp;

/// <summary>OpenTelemetry in: spans and logs over HTTP, as protobuf or JSON, and over gRPC.</summary>
/// <remarks>
/// Answered when what they tell is durable, like every other door. Spans that are not of kind SERVER and records that are no HTTP calls are none of our business and are not called rejected;
/// what should be a call and cannot be read is, in the answer's partial success.
/// </remarks>
internal sealed class OtlpApi(EventIntake intake, LogParsers parsers, ServerOptions options)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Grpc = "application/grpc";

    // https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    private const string GrpcOk = "0", GrpcInvalid = "3", GrpcExhausted = "8", GrpcInternal = "13", GrpcUnavailable = "14";

    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly BodyReader _bodies = new(intake, options.MaxBodyBytes);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", context => TakeAsync(context, TraceRequest.Parser, static (lines, request) => lines.Add(request), TraceAnswerOf)).Describe(Role.Ingest, "Take HTTP server spans of OpenTelemetry in (OTLP/HTTP).").With(QuerySchema.None)
            .Takes<object>(Protobuf).Produces(StatusCodes.Status200OK, contentType: Protobuf);
        routes.MapPost("/v1/logs", context => TakeAsync(context, LogsRequest.Parser, static (lines, request) => lines.Add(request), LogsAnswerOf)).Describe(Role.Ingest, "Take log records of OpenTelemetry in (OTLP/HTTP).").With(QuerySchema.None)
            .Takes<object>(Protobuf).Produces(StatusCodes.Status200OK, contentType: Protobuf);
        routes.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", context => CallAsync(context, TraceRequest.Parser, static (lines, request) => lines.Add(request), TraceAnswerOf))
            .Describe(Role.Ingest, "Spans over gRPC.").ExcludeFromDescription();
        routes.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", context => CallAsync(context, LogsRequest.Parser, static (lines, request) => lines.Add(request), LogsAnswerOf))
            .Describe(Role.Ingest, "Log records over gRPC.").ExcludeFromDescription();
    }

    private static TraceAnswer TraceAnswerOf(int rejected, string reason) =>
        rejected == 0 ? new TraceAnswer() : new TraceAnswer { PartialSuccess = new TracePartialSuccess { RejectedSpans = rejected, ErrorMessage = reason } };

    private static LogsAnswer LogsAnswerOf(int rejected, string reason) =>
        rejected == 0 ? new LogsAnswer() : new LogsAnswer { PartialSuccess = new LogsPartialSuccess { RejectedLogRecords = rejected, ErrorMessage = reason } };

    private async Task TakeAsync<TRequest, TAnswer>(HttpContext context, MessageParser<TRequest> parser, Action<TelemetryLines, TRequest> add, Func<int, string, TAnswer> answer)
        where TRequest : class, IMessage<TRequest>, new() where TAnswer : IMessage
    {
        bool isJson = false;
        Taken taken = await SubmitAsync(context, add, body =>
        {
            // No message in protobuf begins with a brace: what is sent is read whatever it is called.
            isJson = body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
            return isJson ? Json.Parse<TRequest>(Encoding.UTF8.GetString(body)) : parser.ParseFrom(body);
        });
        if (taken.Error is { } error)
        {
            if (error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "1";
            await Problem.WriteAsync(context, error.Status, error.Detail, error.Status == StatusCodes.Status400BadRequest ? [new FieldError("$", error.Detail)] : null);
            return;
        }
        TAnswer message = answer(taken.Rejected, taken.Reason);
        context.Response.ContentType = isJson ? Answer.JsonType : Protobuf;
        await context.Response.Body.WriteAsync(isJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)) : message.ToByteArray(), context.RequestAborted);
    }

    /// <summary>A unary gRPC call, framed by hand: one message in, one out, the status behind it.</summary>
    private async Task CallAsync<TRequest, TAnswer>(HttpContext context, MessageParser<TRequest> parser, Action<TelemetryLines, TRequest> add, Func<int, string, TAnswer> answer)
        where TRequest : class, IMessage<TRequest>, new() where TAnswer : IMessage
    {
        context.Response.ContentType = Grpc;
        Taken taken = await SubmitAsync(context, add, body => parser.ParseFrom(GrpcFrame.Read(body, options.MaxBodyBytes)));
        if (taken.Error is null) await context.Response.Body.WriteAsync(GrpcFrame.Write(answer(taken.Rejected, taken.Reason).ToByteArray()), context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", taken.Error?.Status switch
        {
            null => GrpcOk,
            StatusCodes.Status429TooManyRequests => GrpcExhausted,
            StatusCodes.Status503ServiceUnavailable => GrpcUnavailable,
            StatusCodes.Status500InternalServerError => GrpcInternal,
            _ => GrpcInvalid,
        });
        if (taken.Error is { } error) context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(error.Detail));
    }

    /// <summary>Reads the body and takes in the calls it tells of.</summary>
    private async ValueTask<Taken> SubmitAsync<TRequest>(HttpContext context, Action<TelemetryLines, TRequest> add, ReadMessage<TRequest> read)
    {
        Submission submission = intake.Rent(null);
        BodyError? error;
        int rejected = 0;
        string reason = "";
        try
        {
            error = await _bodies.ReadAsync(context, submission) ?? Fill(submission, Caller.Of(context).Principal, add, read);
            rejected = submission.Events.Failures.Count;
            if (rejected > 0) reason = submission.Events.Failures[0].Reason.Explain();
        }
        catch
        {
            intake.Return(submission);
            throw;
        }
        if (error is null) return new Taken(Refusal(await intake.SubmitAsync(submission)), rejected, reason);
        intake.Return(submission);
        return new Taken(error, 0, "");
    }

    /// <summary>Makes events of the message that is the submission's text.</summary>
    private BodyError? Fill<TRequest>(Submission submission, Principal principal, Action<TelemetryLines, TRequest> add, ReadMessage<TRequest> read)
    {
        EventBatch events = submission.Events;
        submission.Source = intake.Sources.IndexOf("otlp " + (principal.Name.Length > 0 ? principal.Name : principal.Id), "otlp");
        using var lines = new TelemetryLines(events);
        try
        {
            add(lines, read(events.Text));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or InvalidDataException)
        {
            return new BodyError(StatusCodes.Status400BadRequest, "The body is no OTLP message: " + e.Message);
        }
        parsers.Json.Parse(events);
        // A span or record without a method or path is no HTTP call: it is left alone, and not called wrong.
        events.Failures.RemoveAll(static failure => failure.Reason is ParseError.NotHttp);
        if (lines.Sampled.Count > 0)
            foreach (ref HttpEvent e in events.Events)
                if (lines.Sampled.Contains(e.Line)) e.Flags |= EventFlags.Sampled;
        intake.Check(submission);
        return null;
    }

    private BodyError? Refusal(SubmitResult result) => result switch
    {
        SubmitResult.Stored => null,
        SubmitResult.QueueFull => new BodyError(StatusCodes.Status429TooManyRequests, "Too much waits to be analysed; send it again in a moment."),
        SubmitResult.StoreUnavailable => new BodyError(StatusCodes.Status503ServiceUnavailable, "Nothing was kept, send it again later: " + (intake.Health.Problem ?? "the store was away")),
        _ => new BodyError(StatusCodes.Status500InternalServerError, "The events could not be processed; nothing was kept."),
    };

    private delegate TRequest ReadMessage<out TRequest>(ReadOnlySpan<byte> body);

    /// <summary>What became of a message: why it was refused, or how many of its calls could not be read.</summary>
    private readonly record struct Taken(BodyError? Error, int Rejected, string Reason);
}
