using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Results;

namespace Vedette.Server.Api;

/// <summary><c>/api/anomalies</c>: minutes of callers that the models found unusual.</summary>
internal sealed class Anomalies(IResultStore store)
{
    private static readonly QuerySchema Query = new(
    [
        .. QuerySchema.Times,
        QueryParameter.Text("endpoint", "Route template."),
        QueryParameter.Text("actor", "Whose minute it is."),
        QueryParameter.Choice("priority", "Priority.", "HIGH", "MEDIUM", "LOW"),
        QueryParameter.Choice("usage_class", "Usage class.", "normal", "heavy", "bot"),
        QueryParameter.Number("min_risk_score", "Least risk score.", 0, 1),
        .. QuerySchema.Paging,
    ]);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/anomalies", ListAsync).Describe(Role.Viewer, "Unusual minutes of callers, newest first.").With(Query).Produces<ListOf<AnomalyRow>>();

    private async Task ListAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        var wanted = new AnomalyQuery
        {
            From = query.Time("from"),
            To = query.Time("to"),
            Endpoint = query.Text("endpoint"),
            ActorValue = query.Text("actor"),
            Priority = query.Text("priority"),
            UsageClass = query.Text("usage_class"),
            MinRiskScore = query.Number("min_risk_score"),
        };
        Page<StoredAnomaly> found = await store.QueryAnomaliesAsync(wanted, query.Page(), context.RequestAborted);
        await Answer.JsonAsync(context, new ListOf<AnomalyRow>([.. found.Items.Select(AnomalyRow.Of)], found.NextCursor), WireJson.Wire.ListOfAnomalyRow);
    }
}
