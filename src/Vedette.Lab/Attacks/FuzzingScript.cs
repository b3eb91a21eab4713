using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Tries parameters that nobody documented and values nobody sends, on a route or two.</summary>
internal sealed class FuzzingScript : AttackScript
{
    private static readonly string[] Names =
    [
        "debug", "admin", "test", "role", "isAdmin", "user_id", "callback", "format", "fields", "include", "expand", "verbose", "trace", "raw", "lang", "locale", "sort", "order", "limit", "offset", "page", "size", "id", "ids", "filter", "where",
        "query", "token", "key", "secret", "access", "scope", "view", "template", "file", "path", "dir", "url", "next", "redirect", "mode", "env", "source", "version", "v", "x", "_method", "pretty", "jsonp", "cb", "internal", "override",
    ];

    private static readonly string[] Values =
    [
        "-1", "0", "99999999999999999999", "NaN", "null", "undefined", "true", "false", "%00", "%0a", "[]", "{}", "[object+Object]", "1e309", "0x10", "%F0%9F%92%A9", "%27", "%22", "%5C", "%25", "..", "*", "2147483648", "-9223372036854775809", "1.0", "a", "%20", "",
        "01", "1;1", "1,2,3", "%7B%7D", "%24", "None", "Infinity",
    ];

    private readonly Route[] _routes;
    private int _next;

    public FuzzingScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var routes = Api.Routes.Where(r => r.Method == "GET" && !r.Is(RouteRole.Asset | RouteRole.Health | RouteRole.Page)).ToArray();
        Random.Shuffle(routes.AsSpan());
        _routes = routes[..Random.Between(1, 2)];
        _next = Random.Next(1000);
    }

    public override string Scenario => "hidden_parameters";

    public override bool NeedsSignIn => _routes.Any(r => r.NeedsLogin);

    public override string DrawAgent() => Intensity == Intensity.Easy && Random.Chance(0.6) ? UserAgents.Tool(Random) : base.DrawAgent();

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_routes);
        World.Write(ref request, route, source.Visit);
        string value = Random.Chance(0.06) ? new string('A', Random.Between(200, 3000)) : Values[_next % Values.Length];
        string added = $"{Names[_next++ % Names.Length]}{(Random.Chance(0.1) ? "[]" : "")}={value}";
        request.Query = request.Query.Length == 0 || Random.Chance(0.4) ? added : $"{request.Query}&{added}";
        double u = Random.Uniform();
        request.Status = u < 0.45 ? (short)400 : u < 0.6 ? (short)422 : u < 0.66 ? (short)500 : (short)0;
        return route;
    }
}
