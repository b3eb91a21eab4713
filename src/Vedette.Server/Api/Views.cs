using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary><c>/api/views</c>: searches that people keep, shared by all.</summary>
internal sealed class Views(IControlStore store, AuditLog audit)
{
    private const string SettingName = "views";
    private const int MaxViews = 200;
    private const int MaxName = 100;
    private const int MaxQuery = 4000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/views", ListAsync).Describe(Role.Viewer, "Saved views.").With(QuerySchema.None).Produces<SavedViews>();
        routes.MapPut("/api/views", SaveAsync).Describe(Role.Analyst, "Replace the saved views.").With(QuerySchema.None).Takes<SavedViews>().Produces<SavedViews>();
    }

    private async Task ListAsync(HttpContext context)
    {
        string? json = await store.SettingAsync(SettingName, context.RequestAborted);
        SavedViews views = json is null ? new SavedViews([]) : JsonSerializer.Deserialize(json, WireJson.Wire.SavedViews)!;
        await Answer.JsonAsync(context, views, WireJson.Wire.SavedViews);
    }

    private async Task SaveAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Wire.SavedViews) is not { } views) return;
        FieldError[] errors = [.. Problems(views)];
        if (errors.Length > 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The views were not saved.", errors);
            return;
        }
        await store.SaveSettingAsync(SettingName, JsonSerializer.Serialize(views, WireJson.Wire.SavedViews), context.RequestAborted);
        await audit.AddAsync(context, "views.save", $"{views.Items!.Count} views");
        await Answer.JsonAsync(context, views, WireJson.Wire.SavedViews);
    }

    private static IEnumerable<FieldError> Problems(SavedViews views)
    {
        if (views.Items is null)
        {
            yield return new FieldError("items", "is missing");
            yield break;
        }
        if (views.Items.Count > MaxViews) yield return new FieldError("items", $"must have at most {MaxViews} entries");
        for (int i = 0; i < views.Items.Count; i++)
        {
            SavedView? view = views.Items[i];
            if (view?.Name is not { Length: > 0 and <= MaxName }) yield return new FieldError($"items[{i}].name", $"must be 1 to {MaxName} characters");
            if (view?.Page is not { Length: > 0 and <= MaxName }) yield return new FieldError($"items[{i}].page", $"must be 1 to {MaxName} characters");
            if (view?.Query is not { Length: <= MaxQuery }) yield return new FieldError($"items[{i}].query", $"must be at most {MaxQuery} characters");
        }
    }
}

/// <summary>Saved views.</summary>
/// <param name="Items">In the order shown.</param>
public sealed record SavedViews(IReadOnlyList<SavedView>? Items);

/// <summary>A search to come back to.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Page">The page it belongs to.</param>
/// <param name="Query">Its query string.</param>
public sealed record SavedView(string? Name, string? Page, string? Query);
