using System.IO.Compression;
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
    private const string GrpcOk = "0", GrpcInvalid = "3", GrpcExhausted = "8", GrpcUnavailable = "14";

    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", context => TakeAsync(context, TraceRequest.Parser, static (lines, request) => lines.Add(request), TraceAnswerOf)).Describe(Role.Ingest, "Take HTTP server spans of OpenTelemetry in (OTLP/HTTP).")
            .Takes<object>(Protobuf).Produces(StatusCodes.Status200OK, contentType: Protobuf);
        routes.MapPost("/v1/logs", context => TakeAsync(context, LogsRequest.Parser, static (lines, request) => lines.Add(request), LogsAnswerOf)).Describe(Role.Ingest, "Take log records of OpenTelemetry in (OTLP/HTTP).")
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
        bool isJson = context.Request.ContentType?.StartsWith(Answer.JsonType, StringComparison.OrdinalIgnoreCase) == true;
        TRequest request;
        try
        {
            byte[] body = await ReadAsync(context);
            request = isJson ? Json.Parse<TRequest>(System.Text.Encoding.UTF8.GetString(body)) : parser.ParseFrom(body);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The body is no OTLP message: " + e.Message);
            return;
        }
        catch (InvalidDataException e)
        {
            await Problem.WriteAsync(context, e.Message.Contains("larger", StringComparison.Ordinal) ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, e.Message);
            return;
        }
        (SubmitResult result, int rejected, string reason) = await SubmitAsync(context, request, add);
        switch (result)
        {
            case SubmitResult.Stored:
                TAnswer message = answer(rejected, reason);
                context.Response.ContentType = isJson ? Answer.JsonType : Protobuf;
                await context.Response.Body.WriteAsync(isJson ? System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)) : message.ToByteArray(), context.RequestAborted);
                break;
            case SubmitResult.QueueFull:
                context.Response.Headers.RetryAfter = "1";
                await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too much waits to be analysed; send it again in a moment.");
                break;
            case SubmitResult.StoreUnavailable:
                await Problem.UnavailableAsync(context, "Nothing was kept, send it again later: " + (intake.Health.Problem ?? "the store was away"));
                break;
            default:
                await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The events could not be processed; nothing was kept.");
                break;
        }
    }

    /// <summary>A unary gRPC call, framed by hand: one message in, one out, the status behind it.</summary>
    private async Task CallAsync<TRequest, TAnswer>(HttpContext context, MessageParser<TRequest> parser, Action<TelemetryLines, TRequest> add, Func<int, string, TAnswer> answer)
        where TRequest : class, IMessage<TRequest>, new() where TAnswer : IMessage
    {
        context.Response.ContentType = Grpc;
        string status;
        string reason = "";
        byte[] frame = [];
        try
        {
            TRequest request = parser.ParseFrom(GrpcFrame.Read(await ReadAsync(context), options.MaxBodyBytes).Span);
            (SubmitResult result, int rejected, reason) = await SubmitAsync(context, request, add);
            if (result == SubmitResult.Stored) frame = GrpcFrame.Write(answer(rejected, reason).ToByteArray());
            status = result switch { SubmitResult.Stored => GrpcOk, SubmitResult.QueueFull => GrpcExhausted, _ => GrpcUnavailable };
            if (result != SubmitResult.Stored) reason = intake.Health.Problem ?? "Too much waits to be analysed.";
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            status = GrpcInvalid;
            reason = e.Message;
        }
        if (frame.Length > 0) await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", status);
        if (status != GrpcOk) context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(reason));
    }

    private async ValueTask<(SubmitResult Result, int Rejected, string Reason)> SubmitAsync<TRequest>(HttpContext context, TRequest request, Action<TelemetryLines, TRequest> add)
    {
        Submission submission = intake.Rent(null);
        Principal principal = Caller.Of(context).Principal;
        submission.Source = intake.Sources.IndexOf("otlp " + (principal.Name.Length > 0 ? principal.Name : principal.Id), "otlp");
        using var lines = new TelemetryLines(submission.Events);
        add(lines, request);
        parsers.Json.Parse(submission.Events);
        // A span or record without a method or path is no HTTP call: it is left alone, and not called wrong.
        submission.Events.Failures.RemoveAll(static failure => failure.Reason is ParseError.NotHttp);
        if (lines.Sampled.Count > 0)
            foreach (ref HttpEvent e in submission.Events.Events)
                if (lines.Sampled.Contains(e.Line)) e.Flags |= EventFlags.Sampled;
        intake.Check(submission);
        int rejected = submission.Events.Failures.Count;
        string reason = rejected == 0 ? "" : submission.Events.Failures[0].Reason.Explain();
        return (await intake.SubmitAsync(submission), rejected, reason);
    }

    /// <summary>The whole body, decompressed.</summary>
    /// <exception cref="InvalidDataException">It is larger than the limit, or no gzip.</exception>
    private async ValueTask<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        bool isGzip = context.Request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase);
        await using Stream stream = new CappedStream(isGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body, options.MaxBodyBytes);
        await stream.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
