using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Guesses endpoints that nobody documented, with words from a list.</summary>
internal sealed class EndpointScript : AttackScript
{
    private readonly double _forbiddenShare;
    private int _next;

    public EndpointScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        _next = Random.Next(300);
        _forbiddenShare = Random.Uniform(0.02, 0.15);
    }

    public override string Scenario => "wordlist";

    public override string DrawAgent() => Intensity == Intensity.Easy && Random.Chance(0.6) ? UserAgents.Tool(Random) : base.DrawAgent();

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        World.Sign(ref request, source.Visit);
        request.Referer = "";
        request.Method = Random.Chance(0.1) ? "POST" : "GET";
        request.Path = ProbePaths.Endpoint(_next++);
        request.Status = Random.Chance(_forbiddenShare) ? Random.Chance(0.5) ? (short)401 : (short)403 : Random.Chance(0.015) ? (short)200 : (short)404;
        return null;
    }
}
