using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Api;

/// <summary><c>/api/audit</c>: who changed what.</summary>
internal sealed class Audit(IControlStore store)
{
    private static readonly QuerySchema Query = new([.. QuerySchema.Paging]);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/audit", ListAsync).Describe(Role.Admin, "Who changed what, newest first.").With(Query).Produces<ListOf<AuditRecord>>();

    private async Task ListAsync(HttpContext context)
    {
        QueryValues query = QueryValues.Of(context);
        Page<AuditRecord> found = await store.AuditAsync(query.Page(), context.RequestAborted);
        await Answer.JsonAsync(context, new ListOf<AuditRecord>(found.Items, found.NextCursor), WireJson.Wire.ListOfAuditRecord);
    }
}
