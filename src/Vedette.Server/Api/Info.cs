using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Server.Analysis;
using Vedette.Server.Dashboard;
using Vedette.Server.Ingestion;

namespace Vedette.Server.Api;

/// <summary><c>/</c>, <c>/health</c>: what this is, and whether it works.</summary>
internal sealed class Info(ServiceState service, AnalysisLoop analysis, EventIntake intake, DashboardFiles dashboard, EndpointDataSource endpoints)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", RootAsync).Describe(Role.Anonymous, "The dashboard to a browser; information to a program.").Produces<ServiceInfo>();
        routes.MapGet("/health", HealthAsync).Describe(Role.Anonymous, "Whether the process lives, and what it is doing.").With(QuerySchema.None).Produces<HealthState>();
        routes.MapGet("/health/ready", ReadyAsync).Describe(Role.Anonymous, "Whether it can take traffic: 503 with the reason if not.").With(QuerySchema.None).Produces<ReadyState>()
            .Produces<ReadyState>(StatusCodes.Status503ServiceUnavailable);
    }

    private Task RootAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        if (DashboardFiles.IsWanted(context)) return dashboard.WriteIndexAsync(context);
        IEnumerable<string> calls = endpoints.Endpoints.OfType<RouteEndpoint>().Where(static e => e.Metadata.GetMetadata<NeededRole>() is not null)
            .SelectMany(static e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(static method => !HttpMethods.IsHead(method)).Select(method => $"{method} {e.RoutePattern.RawText}")).Distinct().Order(StringComparer.Ordinal);
        return Answer.JsonAsync(context, new ServiceInfo("Vedette", ServiceState.Version, service.Health, service.Phase, "/docs", [.. calls]), WireJson.Wire.ServiceInfo);
    }

    private Task HealthAsync(HttpContext context) => Answer.JsonAsync(context, new HealthState
    {
        Status = service.Health,
        Phase = service.Phase,
        LogsProcessed = analysis.State.Events,
        TransformerReady = service.ActiveModels.Contains("transformer"),
        ActiveModels = service.ActiveModels,
    }, WireJson.Wire.HealthState);

    private Task ReadyAsync(HttpContext context)
    {
        string? reason = intake.Health.Problem ?? (analysis.State.Replayed < 1 ? $"Stored traffic is being replayed: {analysis.State.Replayed:P0}." : null);
        var state = new ReadyState(reason is null ? "ready" : "not ready", reason);
        return Answer.JsonAsync(context, state, WireJson.Wire.ReadyState, reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>What this is.</summary>
/// <param name="Name">Vedette.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Status">healthy, starting or degraded.</param>
/// <param name="Phase">warmup, training, ensemble or waiting.</param>
/// <param name="Documentation">Where the calls are explained.</param>
/// <param name="Endpoints">The calls.</param>
public sealed record ServiceInfo(string Name, string Version, string Status, string Phase, string Documentation, IReadOnlyList<string> Endpoints);

/// <summary>How it is.</summary>
public sealed record HealthState
{
    /// <summary>healthy, starting or degraded.</summary>
    public required string Status { get; init; }

    public required string Phase { get; init; }

    /// <summary>Events the engine has seen, replayed ones included.</summary>
    public long LogsProcessed { get; init; }

    public bool TransformerReady { get; init; }

    public IReadOnlyList<string> ActiveModels { get; init; } = [];
}

/// <summary>Whether traffic is taken.</summary>
/// <param name="Status">ready or not ready.</param>
/// <param name="Reason">Why not; null if it is.</param>
public sealed record ReadyState(string Status, string? Reason);
