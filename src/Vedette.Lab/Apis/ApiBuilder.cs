using System.Globalization;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>Builds an <see cref="ApiModel"/> from lines that read like a table.</summary>
/// <param name="name">Name of the API.</param>
/// <param name="host">Its host name.</param>
/// <param name="random">Moves costs and error rates a little from seed to seed.</param>
/// <param name="scale">Factor on the number of objects.</param>
internal sealed class ApiBuilder(string name, string host, RandomSource random, double scale)
{
    private readonly List<ObjectKind> _objects = [];
    private readonly List<Route> _routes = [];
    private readonly Dictionary<FlowAudience, List<(FlowStep Step, string Name, string Next)>> _flows = [];

    public void Object(string kind, long count, IdFormat format = IdFormat.Number, long first = 1, int perUser = 0) => _objects.Add(new ObjectKind
    {
        Name = kind,
        Index = _objects.Count,
        Count = Math.Clamp((long)(count * scale), 10, 50_000_000),
        Format = format,
        First = first,
        PerUser = perUser,
    });

    /// <summary>Adds a route.</summary>
    /// <param name="route">Short name, for steps.</param>
    /// <param name="request">Method, path and query with drawn parts: <c>GET /api/search?q=&lt;phrase&gt;</c>.</param>
    /// <param name="ms">Median latency in milliseconds.</param>
    /// <param name="bytes">Median size of the response.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="body">Request body with drawn parts, or null.</param>
    /// <param name="success">Status of success.</param>
    /// <param name="invalid">Share of requests that people get wrong.</param>
    /// <param name="dependency">Number of the service behind it.</param>
    public void Route(string route, string request, double ms, double bytes, RouteRole role = RouteRole.None, string? body = null,
        short success = 200, double invalid = 0, int dependency = 0)
    {
        string[] parts = request.Split(' ', 2);
        string[] target = parts[1].Split('?', 2);
        var path = TextTemplate.Parse(target[0], _objects);
        var query = target.Length > 1 ? TextTemplate.Parse(target[1], _objects) : null;
        bool isAsset = (role & RouteRole.Asset) != 0;
        _routes.Add(new Route
        {
            Index = _routes.Count,
            Name = route,
            Method = parts[0],
            Template = TextTemplate.ToRoute(target[0]),
            Path = path,
            Query = query,
            Body = body is null ? null : TextTemplate.Parse(body, _objects),
            Role = role,
            MedianMicros = ms * 1000 * random.LogNormal(1, 0.25),
            LatencySigma = random.Uniform(0.25, 0.6),
            MedianBytes = bytes * random.LogNormal(1, 0.2),
            SizeSigma = isAsset ? 0 : random.Uniform(0.08, 0.45),
            ErrorRate = isAsset ? 0.00005 : random.LogNormal(0.0007, 0.7),
            InvalidRate = invalid,
            Success = success,
            Object = path.FirstObject ?? query?.FirstObject,
            Dependency = dependency,
        });
    }

    /// <summary>Adds a step of a flow; the first step added is where visits begin.</summary>
    /// <param name="audience">Whose flow it is.</param>
    /// <param name="main">Name of the main route, which also names the step.</param>
    /// <param name="next">Following steps with weights: <c>search:5 product:3 exit:2</c>.</param>
    /// <param name="also">Names of routes fetched along with it.</param>
    /// <param name="think">Median pause after it, in seconds.</param>
    /// <param name="login">Whether it asks for a signed-in user.</param>
    public void Step(FlowAudience audience, string main, string next, string also = "", double think = 8, bool login = false)
    {
        if (!_flows.TryGetValue(audience, out var steps)) _flows[audience] = steps = [];
        var step = new FlowStep
        {
            Main = Find(main),
            Also = [.. also.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find)],
            ThinkSeconds = think,
            NeedsLogin = login,
            Next = [],
        };
        steps.Add((step, main, next));
    }

    public ApiModel Build(ApiHabits habits)
    {
        foreach (var steps in _flows.Values)
            foreach (var (step, _, next) in steps) step.Next = ParseNext(next, [.. steps.Select(s => s.Name)]);
        MarkProtectedRoutes();
        return new ApiModel
        {
            Name = name,
            Host = host,
            Routes = [.. _routes],
            Objects = [.. _objects],
            Flows = [.. _flows.Select(f => new Flow { Audience = f.Key, Steps = [.. f.Value.Select(s => s.Step)] })],
            Habits = habits,
        };
    }

    /// <summary>A route asks for a sign-in if people meet it only after one, or if it gives out or changes what is theirs.</summary>
    private void MarkProtectedRoutes()
    {
        var steps = _flows.Where(f => f.Key != FlowAudience.Integration).SelectMany(f => f.Value).Select(s => s.Step).ToArray();
        var open = steps.Where(s => !s.NeedsLogin).SelectMany(s => s.Also.Append(s.Main)).ToHashSet();
        var inside = steps.Where(s => s.NeedsLogin).SelectMany(s => s.Also.Append(s.Main)).Where(r => !r.Is(RouteRole.Asset) && !open.Contains(r));
        foreach (var route in inside.Concat(_routes.Where(r => r.Is(RouteRole.Export | RouteRole.AccountChange | RouteRole.Money)))) route.NeedsLogin = true;
    }

    private (int Step, double Cumulative)[] ParseNext(string next, List<string> names)
    {
        var parsed = next.Split(' ').Select(part => part.Split(':')).ToArray();
        var weights = parsed.Select(p => double.Parse(p[1], CultureInfo.InvariantCulture) * random.Uniform(0.8, 1.25)).ToArray();
        double sum = weights.Sum();
        double cumulative = 0;
        var result = new (int Step, double Cumulative)[parsed.Length];
        for (int i = 0; i < parsed.Length; i++)
        {
            cumulative += weights[i] / sum;
            int step = parsed[i][0] == "exit" ? -1 : names.IndexOf(parsed[i][0]);
            if (step < 0 && parsed[i][0] != "exit") throw new ArgumentException($"Step '{parsed[i][0]}' is named in '{next}' but was not added.", nameof(next));
            result[i] = (step, i == parsed.Length - 1 ? 1 : cumulative);
        }
        return result;
    }

    private Route Find(string route) => _routes.Find(r => r.Name == route) ?? throw new ArgumentException($"There is no route '{route}'.", nameof(route));
}
