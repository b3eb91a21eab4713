using Microsoft.AspNetCore.Http;
using Vedette.Engine.Events;
using Vedette.Server.Api;

namespace Vedette.Server.Access;

/// <summary>The door every request passes: who is it, may it do this, not too often, and not on behalf of a foreign page.</summary>
internal sealed class AccessGate(KeyRing keys, SessionCookies cookies, RateLimits limits, ClientAddress addresses, AccessOptions options)
{
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        NetworkAddress address = addresses.Of(context);
        Role? needed = context.GetEndpoint()?.Metadata.GetMetadata<NeededRole>()?.Role;
        Principal principal = Authenticate(context, out bool isWrong);
        if (isWrong && !limits.CountFailure(address)) return TooMany(context, "Too many wrong keys from this address.");
        if (!limits.Admits(principal, address)) return TooMany(context, "Too many requests.");
        // That a path or method does not exist is told only to those who have a key.
        if (principal.Role == Role.Anonymous && needed != Role.Anonymous) return Unauthorized(context, isWrong);
        if (needed is { } role && !principal.Role.Includes(role))
            return Problem.WriteAsync(context, StatusCodes.Status403Forbidden, $"This needs a key with the role {role.Name()}; yours has {principal.Role.Name()}.");
        if (principal.Session is not null && ForeignPage(context, principal.Session) is { } reason) return Problem.WriteAsync(context, StatusCodes.Status403Forbidden, reason);
        context.Features.Set(new Caller(principal, address));
        return next(context);
    }

    private Principal Authenticate(HttpContext context, out bool isWrong)
    {
        isWrong = false;
        string? key = KeyOf(context.Request.Headers);
        if (key is not null)
        {
            Principal? owner = keys.Authenticate(key);
            isWrong = owner is null;
            return owner ?? Principal.Nobody;
        }
        if (!context.Request.Cookies.TryGetValue(SessionCookies.CookieName, out string? cookie) || cookie is null) return Principal.Nobody;
        return cookies.Read(cookie) ?? Principal.Nobody;
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        string? authorization = headers.Authorization;
        if (authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return authorization[7..].Trim();
        string? key = headers["X-API-Key"];
        return string.IsNullOrEmpty(key) ? null : key;
    }

    /// <summary>A browser sends the cookie whoever asks for it: changes need the page's own token, and sockets our own origin.</summary>
    private string? ForeignPage(HttpContext context, Session session)
    {
        string? origin = context.Request.Headers.Origin;
        if (origin is not null && !IsOwnOrigin(context, origin)) return "A page of another origin may not use this session.";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method)) return null;
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToForms>() is not null) return null;
        return cookies.IsCsrf(session, context.Request.Headers[SessionCookies.CsrfHeader]) ? null
            : $"Changes with a cookie need the header {SessionCookies.CsrfHeader}; GET /api/session tells its value.";
    }

    private bool IsOwnOrigin(HttpContext context, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)) return false;
        if (string.Equals(uri.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)) return true;
        return options.CorsOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    private static Task Unauthorized(HttpContext context, bool isWrong)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(context, StatusCodes.Status401Unauthorized,
            isWrong ? "This key is unknown, expired or revoked." : "Send a key: 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.");
    }

    private static Task TooMany(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, detail);
    }
}

/// <summary>The role an endpoint asks for, as metadata.</summary>
internal sealed record NeededRole(Role Role);

/// <summary>Marks an endpoint that a page may call before it knows its CSRF token.</summary>
internal sealed record OpenToForms;

/// <summary>Who asks, from where.</summary>
internal sealed record Caller(Principal Principal, NetworkAddress Address)
{
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? new Caller(Principal.Nobody, default);
}
