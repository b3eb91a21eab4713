using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Vedette.Storage;

namespace Vedette.Server.Api;

/// <summary>Every request that fails is answered with a problem that says what to do; what was our fault is logged.</summary>
internal sealed partial class Failures(ILogger<Failures> logger)
{
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (StoreUnavailableException e)
        {
            await Problem.UnavailableAsync(context, e.Message);
        }
        catch (ArgumentException) when (context.Request.Query.ContainsKey("cursor"))
        {
            await Problem.BadFieldAsync(context, "cursor", "is none that this list gave out; begin again without one");
        }
        catch (BadHttpRequestException e)
        {
            await Problem.WriteAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e, context.Request.Method, (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "unknown", context.TraceIdentifier);
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, $"The server failed; its log says why under {context.TraceIdentifier}.");
        }
        if (context.Response.StatusCode >= 400 && !context.Response.HasStarted && context.Response.ContentType is null && context.Response.ContentLength is null)
            await Problem.WriteAsync(context, context.Response.StatusCode, Explain(context));
    }

    private static string Explain(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this path; GET / lists the calls.",
        StatusCodes.Status405MethodNotAllowed => $"This path does not know the method; it knows {context.Response.Headers.Allow}.",
        var status => ReasonPhrases.GetReasonPhrase(status),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed ({Trace}).")]
    private partial void LogFailed(Exception exception, string method, string route, string trace);
}
