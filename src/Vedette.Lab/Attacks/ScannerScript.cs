using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Looks for known holes and forgotten files: paths of many products, some payloads, odd methods, garbage.</summary>
internal sealed class ScannerScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private static readonly TruthType[] Probes = [TruthType.SqlInjection, TruthType.Xss, TruthType.PathTraversal, TruthType.CommandInjection, TruthType.Log4shell, TruthType.TemplateInjection];
    private readonly InjectionScript[] _probes = [.. Probes.Select(type => new InjectionScript(world, intensity, type))];
    private readonly bool _namesItself = intensity == Intensity.Easy && world.Random.Chance(0.7);
    private int _next = world.Random.Next(100);

    public override string Scenario => _namesItself ? "declared_tool" : "browser_agent";

    public override string DrawAgent() => _namesItself ? UserAgents.Tool(Random) : UserAgents.Browser(Random);

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        double u = Random.Uniform();
        if (u < 0.18) return Random.Pick(_probes).Write(source, ref request);
        World.Sign(ref request, source.Visit);
        request.Referer = "";
        if (u < 0.21)
        {
            request.IsMalformed = true;
            request.Path = Random.Pick(ProbePaths.Garbage);
            request.Status = 400;
            return null;
        }
        request.Method = u < 0.3 ? Random.Pick(ProbePaths.Methods) : "GET";
        request.Path = ProbePaths.File(_next++);
        request.Status = Random.Chance(0.02) ? (short)200 : Random.Chance(0.06) ? (short)403 : request.Method is "GET" or "HEAD" ? (short)404 : (short)405;
        return null;
    }
}
