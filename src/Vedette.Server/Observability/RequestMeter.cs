using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vedette.Server.Observability;

/// <summary>Counts and times every request by the route that answered it.</summary>
internal sealed class RequestMeter(ServerMetrics metrics)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            metrics.CountRequest(route, MethodOf(context.Request.Method), context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
    }

    private static string MethodOf(string method)
    {
        foreach (string known in Methods)
            if (known.Equals(method, StringComparison.Ordinal)) return known;
        return "OTHER";
    }
}
