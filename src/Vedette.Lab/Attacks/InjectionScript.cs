using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Puts payloads of one type into parameters, paths, headers and bodies of real routes.</summary>
internal sealed class InjectionScript : AttackScript
{
    private static readonly string[] ParameterNames = ["id", "q", "file", "path", "page", "url", "name", "lang", "template", "cmd", "user", "filter", "redirect", "view", "doc", "data", "xml"];

    private readonly TruthType _type;
    private readonly Route[] _targets;
    private readonly bool _keepsToOneRoute;
    private readonly double _refusedShare;

    public InjectionScript(World world, Intensity intensity, TruthType type)
        : base(world, intensity)
    {
        _type = type;
        _keepsToOneRoute = intensity != Intensity.Easy || Random.Chance(0.4);
        var targets = Candidates();
        Random.Shuffle(targets.AsSpan());
        _targets = _keepsToOneRoute ? targets[..Math.Min(2, targets.Length)] : targets;
        _refusedShare = Api.Habits.FirewallShare + Random.Uniform(0, 0.3);
    }

    public override string Scenario => _keepsToOneRoute ? "focused" : "sweep";

    public override bool NeedsSignIn => Intensity != Intensity.Easy && _targets.Any(r => r.NeedsLogin);

    public override string DrawAgent() => Intensity == Intensity.Easy && Random.Chance(0.5) ? UserAgents.ToolFor(_type, Random) : base.DrawAgent();

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_targets);
        World.Write(ref request, route, source.Visit);
        string payload = PayloadLibrary.Draw(_type, Random);
        Route? met = Place(payload, route, ref request) ? route : null;
        Answer(ref request, payload, met);
        return met;
    }

    private Route[] Candidates()
    {
        RouteRole preferred = _type switch
        {
            TruthType.Ssrf or TruthType.FileInclusion => RouteRole.Fetch | RouteRole.Export,
            TruthType.Xxe => RouteRole.Upload,
            TruthType.LdapInjection or TruthType.NosqlInjection => RouteRole.Login | RouteRole.Search | RouteRole.List,
            TruthType.PathTraversal => RouteRole.Object | RouteRole.Fetch | RouteRole.Export,
            _ => RouteRole.Search | RouteRole.List | RouteRole.Object | RouteRole.Login | RouteRole.Fetch,
        };
        return Api.With(preferred);
    }

    /// <summary>Puts the payload somewhere; false if the request no longer meets the route.</summary>
    private bool Place(string payload, Route route, ref TrafficEvent request)
    {
        double u = Random.Uniform();
        if (_type == TruthType.Log4shell && u < 0.55)
        {
            if (u < 0.35) request.UserAgent = payload;
            else if (u < 0.5) request.Referer = payload;
            else request.Header = $"X-Api-Version: {payload}";
            return true;
        }
        string encoded = PayloadEncoder.Encode(payload, _type, Intensity, Random);
        string query = ReplaceParameter(request.Query, encoded);
        if (request.Body is not null && u < 0.45)
        {
            // Where the log shows no bodies the payload goes into the query instead: a label nobody could find would be worth nothing.
            if (!World.Options.Bodies) request.Query = query;
            else if (_type == TruthType.Xxe) (request.Body, request.Header) = (payload, "Content-Type: application/xml");
            else request.Body = $$"""{"{{ParameterNames[payload.Length % ParameterNames.Length]}}":"{{JsonEncodedText.Encode(payload, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""";
            return true;
        }
        if (_type == TruthType.PathTraversal && Random.Chance(0.5))
        {
            request.Path = $"{request.Path.AsSpan(0, request.Path.LastIndexOf('/') + 1)}{encoded}";
            request.Query = "";
            return false;
        }
        if (_type is TruthType.Xss or TruthType.SqlInjection && Random.Chance(0.04)) request.Referer = $"https://{Api.Host}/?{ParameterNames[1]}={encoded}";
        request.Query = query;
        return true;
    }

    /// <summary>Gives one parameter the payload as its value, sometimes behind the value it had; adds one where there is none.</summary>
    private string ReplaceParameter(string query, string encoded)
    {
        if (query.Length == 0 || Random.Chance(0.15)) return $"{query}{(query.Length > 0 ? "&" : "")}{Random.Pick(ParameterNames)}={encoded}";
        string[] pairs = query.Split('&');
        bool isWhole = _type is TruthType.Ssrf or TruthType.FileInclusion or TruthType.Xxe or TruthType.PathTraversal;
        int address = isWhole ? Array.FindIndex(pairs, p => p.Contains("=http", StringComparison.Ordinal)) : -1;
        ref string pair = ref pairs[address >= 0 ? address : Random.Next(pairs.Length)];
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        int keep = !isWhole && Random.Chance(0.4) ? pair.Length : equals + 1;
        pair = string.Concat(pair.AsSpan(0, keep), encoded);
        return string.Join('&', pairs);
    }

    private void Answer(ref TrafficEvent request, string payload, Route? route)
    {
        double u = Random.Uniform();
        request.Status = u < _refusedShare ? (short)403 : u < _refusedShare + 0.2 ? (short)400 : u < _refusedShare + 0.27 ? (short)500 : route is null ? (short)404 : route.Success;
        bool waits = payload.Contains("sleep", StringComparison.OrdinalIgnoreCase) || payload.Contains("WAITFOR", StringComparison.Ordinal);
        if (waits && request.Status is 200 or 500 && Random.Chance(0.15)) request.DurationMicros = 5_000_000;
    }
}
