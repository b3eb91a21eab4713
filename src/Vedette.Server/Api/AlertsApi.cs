using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Server.Alerts;

namespace Vedette.Server.Api;

/// <summary><c>/api/alerts/test</c>: do messages arrive?</summary>
internal sealed class AlertsApi(AlertRouter router, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/alerts/test", TestAsync).Describe(Role.Admin, "Send a test message to every alert sink and tell what became of it.").With(QuerySchema.None)
            .Produces<AlertTest>().Produces<Problem>(StatusCodes.Status409Conflict, Problem.ContentType);

    private async Task TestAsync(HttpContext context)
    {
        IReadOnlyList<(string Sink, string? Error)> results = await router.TestAsync(context.RequestAborted);
        if (results.Count == 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "No alert sink is set up; set Alerts:Email, Alerts:Slack or Alerts:Webhook.");
            return;
        }
        await audit.AddAsync(context, "alerts.test", string.Join(' ', results.Select(static result => result.Sink)));
        await Answer.JsonAsync(context, new AlertTest([.. results.Select(static result => new AlertTestResult(result.Sink, result.Error is null, result.Error))]), WireJson.Wire.AlertTest);
    }
}

/// <summary>What became of a test.</summary>
/// <param name="Results">One entry a sink.</param>
public sealed record AlertTest(IReadOnlyList<AlertTestResult> Results);

/// <summary>What became of one message.</summary>
/// <param name="Sink">email, slack or webhook.</param>
/// <param name="Delivered">True if the other side took it.</param>
/// <param name="Error">What went wrong, or null.</param>
public sealed record AlertTestResult(string Sink, bool Delivered, string? Error);
