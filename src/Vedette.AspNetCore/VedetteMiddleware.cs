using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Vedette.AspNetCore.Decisions;
using Vedette.AspNetCore.Recording;

namespace Vedette.AspNetCore;

/// <summary>Refuses callers that are banned, lets everybody else through, and notes each call when it has been answered. Never waits for anybody.</summary>
internal sealed class VedetteMiddleware(RequestDelegate next, VedetteOptions options, CallQueue queue, DecisionBook decisions, VedetteMeter meter, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (options.Skip?.Invoke(context) == true)
        {
            await next(context);
            return;
        }
        DateTimeOffset begun = time.GetUtcNow();
        long started = time.GetTimestamp();
        var body = new CountedResponseBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(body);
        bool sampled = options.BodySampleBytes > 0 && BodySample.Begin(context.Request);
        bool failed = false;
        try
        {
            if (decisions.Find(context.Connection.RemoteIpAddress, options.User(context)) is { } decision && !decisions.Admits(decision)) await RefuseAsync(context, decision);
            else await next(context);
        }
        catch
        {
            // Whoever catches it further out will most likely answer 500.
            failed = true;
            throw;
        }
        finally
        {
            context.Features.Set(body.Inner);
            string? sample = sampled ? await BodySample.ReadAsync(context.Request, options.BodySampleBytes) : null;
            Record(context, begun, time.GetElapsedTime(started), failed ? StatusCodes.Status500InternalServerError : context.Response.StatusCode, body.Written, sample);
        }
    }

    private async Task RefuseAsync(HttpContext context, Decision decision)
    {
        meter.Refused(decision.Type);
        (int status, string title) = decision.Type == "throttle" ? (StatusCodes.Status429TooManyRequests, "Too many requests") : (StatusCodes.Status403Forbidden, "Forbidden");
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = Math.Ceiling(1 / options.ThrottledRate).ToString(CultureInfo.InvariantCulture);
        // The reason stays with the operators: an attacker need not learn what gave him away.
        await context.Response.WriteAsJsonAsync(new Refusal("about:blank", title, status), RefusalJson.Default.Refusal, "application/problem+json", context.RequestAborted);
    }

    private void Record(HttpContext context, DateTimeOffset begun, TimeSpan duration, int status, long responseBytes, string? bodySample)
    {
        HttpRequest request = context.Request;
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : request.Path.Value + request.QueryString.Value;
        queue.TryWrite(new RecordedCall
        {
            Time = begun,
            Method = request.Method,
            Target = target,
            Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            Status = status,
            Duration = duration,
            Client = context.Connection.RemoteIpAddress,
            User = options.User(context),
            ApiKey = KeyOf(request),
            RequestBytes = request.ContentLength ?? -1,
            ResponseBytes = responseBytes,
            UserAgent = request.Headers.UserAgent.ToString(),
            Referer = request.Headers.Referer.ToString(),
            Host = request.Host.Value,
            Protocol = request.Protocol,
            Body = bodySample,
        });
    }

    /// <summary>A key is told apart by a hash; the key itself never leaves the request.</summary>
    private static string? KeyOf(HttpRequest request)
    {
        string key = request.Headers["X-API-Key"].ToString();
        if (key.Length == 0) return null;
        Debug.Assert(SHA256.HashSizeInBytes == 32, "The prefix below is half of the hash.");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
    }
}
