using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>An ordinary account calls what only administrators may: their paths, and methods that change what it may only read.</summary>
internal sealed class FunctionScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private static readonly string[] Methods = ["DELETE", "PUT", "PATCH"];
    private static readonly string[] Functions = ["users", "users/export", "roles", "audit", "settings", "impersonate", "refunds", "limits", "feature-flags", "tenants"];

    private readonly Route[] _readable = [.. world.Api.Routes.Where(r => r.Method == "GET" && r.Is(RouteRole.Object | RouteRole.List))];
    private readonly double _grantedShare = world.Random.Chance(0.5) ? world.Random.Uniform(0.05, 0.5) : 0;
    private int _next = world.Random.Next(Functions.Length);

    public override string Scenario => "admin_functions";

    public override bool NeedsSignIn => true;

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_readable);
        World.Write(ref request, route, source.Visit);
        bool changesMethod = Random.Chance(0.5);
        if (changesMethod) request.Method = Random.Pick(Methods);
        else (request.Path, request.Query) = (Prefix(route.Template) + "/admin/" + Functions[_next++ % Functions.Length], "");
        request.Status = Random.Chance(_grantedShare) ? (short)200 : Random.Chance(0.8) ? (short)403 : changesMethod ? (short)405 : (short)404;
        return null;
    }

    /// <summary>What comes before the first object of a template, without its last word: <c>/api/v1</c>.</summary>
    private static string Prefix(string template)
    {
        int brace = template.IndexOf('{', StringComparison.Ordinal);
        string head = (brace < 0 ? template : template[..brace]).TrimEnd('/');
        return head[..Math.Max(0, head.LastIndexOf('/'))];
    }
}
