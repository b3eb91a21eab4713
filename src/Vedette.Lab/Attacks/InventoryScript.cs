using System.Globalization;
using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Looks for versions of the API that were never switched off, and finds one now and then.</summary>
internal sealed class InventoryScript : AttackScript
{
    private static readonly string[] Versions = ["v0", "v1", "v2", "v3", "v1.1", "beta", "alpha", "old", "legacy", "test", "staging", "mobile/v1", "2019-01", "internal"];

    private readonly Route[] _routes;
    private readonly string? _forgotten;
    private int _next;

    public InventoryScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        _routes = [.. Api.Routes.Where(r => r.Method == "GET" && !r.Is(RouteRole.Asset | RouteRole.Health | RouteRole.Page))];
        _forgotten = Random.Chance(0.6) ? Random.Pick(Versions) : null;
        _next = Random.Next(Versions.Length);
    }

    public override string Scenario => "old_versions";

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_routes);
        World.Write(ref request, route, source.Visit);
        string version = Versions[_next++ % Versions.Length];
        request.Path = Move(request.Path, version);
        request.Status = version == _forgotten ? (short)200 : Random.Chance(0.05) ? (short)403 : (short)404;
        return null;
    }

    /// <summary>The path under another version: in place of the one it has, or in front.</summary>
    private static string Move(string path, string version)
    {
        string[] parts = path.Split('/');
        int at = Array.FindIndex(parts, static p => p.Length is 2 or 3 && p[0] == 'v' && int.TryParse(p.AsSpan(1), CultureInfo.InvariantCulture, out _));
        if (at < 0) return $"/{version}{path}";
        parts[at] = version;
        return string.Join('/', parts);
    }
}
