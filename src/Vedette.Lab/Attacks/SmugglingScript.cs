using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Tries to slip a second request past a proxy. A log shows what is left over: methods with a stray letter, refused lengths, split lines.</summary>
internal sealed class SmugglingScript(World world, Intensity intensity) : AttackScript(world, intensity)
{
    private static readonly string[] StrayMethods = ["GPOST", "XGET", "0GET", "GGET", "APOST", "1POST"];

    private static readonly string[] Headers =
    [
        "Transfer-Encoding: chunked, identity", "Transfer-Encoding : chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding:\tchunked", "X: x\r\nTransfer-Encoding: chunked", "Content-Length: 6\r\nContent-Length: 0",
    ];

    private static readonly string[] Targets = ["/%20HTTP/1.1%0d%0aTransfer-Encoding:%20chunked%0d%0a%0d%0a0%0d%0a%0d%0aGET%20/admin", "/?x=%0d%0aContent-Length:%200%0d%0a%0d%0aGET%20/internal%20HTTP/1.1%0d%0aHost:%20localhost"];

    public override string Scenario => "desync";

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(Api.Routes.Where(r => r.Method == "POST").ToArray());
        World.Write(ref request, route, source.Visit);
        request.Protocol = "HTTP/1.1";
        request.Header = Random.Pick(Headers);
        double u = Random.Uniform();
        if (u < 0.35)
        {
            request.Method = Random.Pick(StrayMethods);
            request.Status = Random.Chance(0.7) ? (short)405 : (short)400;
        }
        else if (u < 0.55)
        {
            string[] target = Random.Pick(Targets).Split('?', 2);
            (request.Path, request.Query) = (target[0], target.Length > 1 ? target[1] : "");
            request.Status = Random.Chance(0.6) ? (short)400 : (short)404;
        }
        else if (u < 0.65)
        {
            request.IsMalformed = true;
            request.Path = Random.Chance(0.5) ? "0" : "0\r\n\r\nGET /internal HTTP/1.1";
            request.Query = "";
            request.Status = 400;
        }
        else
        {
            request.Status = Random.Chance(0.5) ? (short)400 : Random.Chance(0.4) ? (short)408 : (short)0;
        }
        return route;
    }
}
