using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;

namespace Vedette.Server.Api;

/// <summary><c>/api/session</c>: browsers sign in and out.</summary>
internal sealed class Sessions(KeyRing keys, SessionCookies cookies, SignInLinks links, RateLimits limits, ClientAddress addresses, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/session", GetAsync).Describe(Role.Anonymous, "Who is signed in.").With(QuerySchema.None).Produces<SessionState>();
        routes.MapPost("/api/session", SignInAsync).Describe(Role.Anonymous, "Sign a browser in with a key, or with the token of a one-time link.").With(QuerySchema.None).WithMetadata(new OpenToForms())
            .Takes<SignInRequest>().Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.ContentType);
        routes.MapDelete("/api/session", SignOutAsync).Describe(Role.Anonymous, "Sign out.").With(QuerySchema.None).Produces(StatusCodes.Status204NoContent);
    }

    private Task GetAsync(HttpContext context)
    {
        Principal principal = Caller.Of(context).Principal;
        bool isSignedIn = principal.Role != Role.Anonymous;
        return Answer.JsonAsync(context, new SessionState
        {
            SignedIn = isSignedIn,
            Name = isSignedIn ? principal.Name : null,
            Role = isSignedIn ? principal.Role.Name() : null,
            Csrf = principal.Session is { } session ? cookies.CsrfOf(session) : null,
        }, WireJson.Wire.SessionState);
    }

    private async Task SignInAsync(HttpContext context)
    {
        if (IsFromForeignSite(context))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "A page of another site may not sign in here.");
            return;
        }
        Caller caller = Caller.Of(context);
        if (!limits.AdmitsAttempt(caller.Address))
        {
            context.Response.Headers.RetryAfter = "10";
            await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong keys from this address.");
            return;
        }
        if (await Answer.ReadAsync(context, WireJson.Wire.SignInRequest) is not { } request) return;
        string? keyId = request.Token is { Length: > 0 } token ? links.Redeem(token) : request.Key is { Length: > 0 } key ? keys.Authenticate(key.Trim())?.Id : null;
        Principal? principal = keyId is null ? null : keys.FindPrincipal(keyId);
        if (principal is null)
        {
            limits.CountFailure(caller.Address);
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, request.Token is null ? "This key is unknown, expired or revoked." : "This link was used already, or is too old.");
            return;
        }
        if (!principal.Role.Includes(Role.Viewer))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, $"A key with the role {principal.Role.Name()} cannot use the dashboard; take one with viewer, analyst or admin.");
            return;
        }
        (string value, Session session) = cookies.Create(principal.Id);
        context.Response.Cookies.Append(SessionCookies.CookieName, value, CookieOptions(context, session.ExpiresAt));
        context.Features.Set(caller with { Principal = principal });
        await audit.AddAsync(context, "session.begin", principal.Name);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SignOutAsync(HttpContext context)
    {
        if (Caller.Of(context).Principal.Session is { } session)
        {
            cookies.End(session);
            await audit.AddAsync(context, "session.end", session.KeyId);
        }
        context.Response.Cookies.Delete(SessionCookies.CookieName, CookieOptions(context, null));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private CookieOptions CookieOptions(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = addresses.IsSecure(context),
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };

    /// <summary>Browsers say where a request comes from; a foreign page must not sign its visitor in to an account of its own.</summary>
    private static bool IsFromForeignSite(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}

/// <summary>Who is signed in.</summary>
public sealed record SessionState
{
    public bool SignedIn { get; init; }

    /// <summary>Name of the key.</summary>
    public string? Name { get; init; }

    public string? Role { get; init; }

    /// <summary>What to send as X-CSRF-Token with every change; null without a cookie.</summary>
    public string? Csrf { get; init; }
}

/// <summary>A key, or the token of a one-time link.</summary>
public sealed record SignInRequest
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }
}
