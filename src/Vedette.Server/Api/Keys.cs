using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary><c>/api/keys</c>: who may use the server.</summary>
internal sealed class Keys(KeyRing ring, AuditLog audit, TimeProvider time)
{
    private const int MaxKeys = 10_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/keys", ListAsync).Describe(Role.Admin, "API keys, without their secrets.").With(QuerySchema.None).Produces<ListOf<KeyRow>>();
        routes.MapPost("/api/keys", CreateAsync).Describe(Role.Admin, "Make a key; its text is shown this once.").With(QuerySchema.None)
            .Takes<KeyRequest>().Produces<NewKey>(StatusCodes.Status201Created);
        routes.MapPost("/api/keys/{id}/rotate", RotateAsync).Describe(Role.Admin, "Give a key a new text; the old one is worth nothing at once.").WithPath("id", "Key id.").With(QuerySchema.None)
            .Produces<NewKey>().Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType).Produces<Problem>(StatusCodes.Status409Conflict, Problem.ContentType);
        routes.MapDelete("/api/keys/{id}", RevokeAsync).Describe(Role.Admin, "Revoke a key.").WithPath("id", "Key id.").With(QuerySchema.None)
            .Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private Task ListAsync(HttpContext context)
    {
        IEnumerable<KeyRow> rows = ring.Keys.OrderByDescending(static key => key.CreatedAt)
            .Select(key => new KeyRow(key.Id, key.Name, key.Role, key.CreatedAt, key.ExpiresAt, key.RevokedAt, ring.LastUsed(key.Id)));
        return Answer.JsonAsync(context, new ListOf<KeyRow>([.. rows], null), WireJson.Wire.ListOfKeyRow);
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Wire.KeyRequest) is not { } request) return;
        var errors = new List<FieldError>();
        string name = request.Name?.Trim() ?? "";
        if (!ApiKey.IsName(name)) errors.Add(new FieldError("name", $"must be 1 to {ApiKey.MaxName} characters"));
        if (!Roles.TryParse(request.Role, out Role role)) errors.Add(new FieldError("role", $"must be one of {string.Join(", ", Roles.Names)}"));
        if (request.ExpiresAt <= time.GetUtcNow()) errors.Add(new FieldError("expires_at", "must be in the future"));
        if (ring.Keys.Count >= MaxKeys) errors.Add(new FieldError("$", $"there are {MaxKeys} keys already"));
        if (errors.Count > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The key was not made.", errors);
            return;
        }
        (KeyRecord key, string text) = ApiKey.Create(name, role, time.GetUtcNow(), request.ExpiresAt);
        await ring.SaveAsync(key, context.RequestAborted);
        await audit.AddAsync(context, "key.create", $"{key.Id} {key.Role} {name}");
        await Answer.JsonAsync(context, new NewKey(key.Id, key.Name, key.Role, text), WireJson.Wire.NewKey, StatusCodes.Status201Created);
    }

    private async Task RotateAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } key) return;
        if (ApiKey.EndOf(key, time.GetUtcNow()) is { } end)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"A key that is {end} stays so; make a new one.");
            return;
        }
        (KeyRecord rotated, string text) = ApiKey.Rotate(key, time.GetUtcNow());
        await ring.SaveAsync(rotated, context.RequestAborted);
        await audit.AddAsync(context, "key.rotate", key.Id);
        await Answer.JsonAsync(context, new NewKey(rotated.Id, rotated.Name, rotated.Role, text), WireJson.Wire.NewKey);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } key) return;
        if (key.RevokedAt is null) await ring.SaveAsync(key with { RevokedAt = time.GetUtcNow() }, context.RequestAborted);
        await audit.AddAsync(context, "key.revoke", key.Id);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async ValueTask<KeyRecord?> FindAsync(HttpContext context)
    {
        KeyRecord? key = ring.Find((string)context.Request.RouteValues["id"]!);
        if (key is null) await Problem.NotFoundAsync(context, "such key");
        return key;
    }
}

/// <summary>A key without its secret.</summary>
/// <param name="Id">Public id.</param>
/// <param name="Name">What for.</param>
/// <param name="Role">ingest, viewer, analyst, admin or bouncer.</param>
/// <param name="CreatedAt">When it was made or rotated.</param>
/// <param name="ExpiresAt">From when it is refused.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="LastUsedAt">When it was used last since the server started.</param>
public sealed record KeyRow(string Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>The key that is wanted.</summary>
/// <param name="Name">What for, 1 to 100 characters.</param>
/// <param name="Role">ingest, viewer, analyst, admin or bouncer.</param>
/// <param name="ExpiresAt">From when it is refused; absent for never.</param>
public sealed record KeyRequest(string? Name, string? Role, DateTimeOffset? ExpiresAt);

/// <summary>A new key, with the text that is shown this once.</summary>
/// <param name="Id">Public id.</param>
/// <param name="Name">What for.</param>
/// <param name="Role">Its role.</param>
/// <param name="Key">The key itself.</param>
public sealed record NewKey(string Id, string Name, string Role, string Key);
