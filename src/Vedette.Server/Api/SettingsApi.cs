using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Server.Settings;

namespace Vedette.Server.Api;

/// <summary><c>/api/settings</c>: what is in force, where it came from, and what can be changed now.</summary>
internal sealed class SettingsApi(SettingsState state, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/settings", context => SendAsync(context)).Describe(Role.Admin, "Settings in force, with their origins; secrets are only shown as set.").With(QuerySchema.None).Produces<SettingsDocument>();
        routes.MapPut("/api/settings", ChangeAsync).Describe(Role.Admin, "Change some of the writable settings, at once and for good.").With(QuerySchema.None).Takes<JsonObject>().Produces<SettingsDocument>();
    }

    private Task SendAsync(HttpContext context)
    {
        VedetteSettings current = state.Current;
        return Answer.JsonAsync(context, new SettingsDocument(SettingsReport.Tree(current), current.Origins, state.Writable), WireJson.Wire.SettingsDocument);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        if (await Answer.ReadAsync(context, WireJson.Wire.JsonObject) is not { } change) return;
        try
        {
            IReadOnlyList<string> refused = await state.ChangeAsync(change, context.RequestAborted);
            if (refused.Count > 0)
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Nothing was changed.",
                    [.. refused.Select(static path => new FieldError(path, "is no setting that can be changed while the server runs, or is fixed by environment or command line"))]);
                return;
            }
        }
        catch (SettingsException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Nothing was changed.", [.. e.Message.Split(Environment.NewLine).Select(static line => new FieldError(FieldOf(line), line))]);
            return;
        }
        await audit.AddAsync(context, "settings.change", change.ToJsonString());
        await SendAsync(context);
    }

    /// <summary>The setting's path, with which each sentence about a setting begins.</summary>
    private static string FieldOf(string problem)
    {
        string text = problem.StartsWith("Setting ", StringComparison.Ordinal) ? problem["Setting ".Length..] : problem;
        int end = text.AsSpan().IndexOfAny(' ', '(');
        return (end < 0 ? text : text[..end]).TrimEnd(':');
    }
}

/// <summary>The settings.</summary>
/// <param name="Settings">By section, named as in the settings file.</param>
/// <param name="Origins">Where each value that was set came from, by path.</param>
/// <param name="Writable">Paths that can be changed now.</param>
public sealed record SettingsDocument(JsonObject Settings, IReadOnlyDictionary<string, string> Origins, IReadOnlyList<string> Writable);
