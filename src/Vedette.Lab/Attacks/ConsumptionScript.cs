using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>A trusted partner's program hands on data that somebody else poisoned: the payload comes with a key, from a known agent, and is taken.</summary>
internal sealed class ConsumptionScript : AttackScript
{
    private static readonly TruthType[] Payloads = [TruthType.SqlInjection, TruthType.Xss, TruthType.TemplateInjection];

    private readonly Route[] _targets;
    private readonly string _key;
    private readonly double _poisonedShare;

    public ConsumptionScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var taking = Api.Routes.Where(r => r.Method is "POST" or "PUT" or "PATCH" && !r.Is(RouteRole.Login | RouteRole.Refresh | RouteRole.PasswordReset | RouteRole.Register)).ToArray();
        _targets = taking[..Math.Min(3, taking.Length)];
        _key = $"pk_live_{Random.NextUInt64():x16}";
        _poisonedShare = intensity switch { Intensity.Easy => 1, Intensity.Medium => 0.5, _ => 0.2 };
    }

    public override string Scenario => "poisoned_feed";

    public override string DrawAgent() => "partner-sync/3.4 (+https://partner.example/contact)";

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var route = Random.Pick(_targets);
        source.Visit.IsSignedIn = true;
        World.Write(ref request, route, source.Visit);
        request.ApiKey = _key;
        request.Status = route.Success;
        request.IsCover = !Random.Chance(_poisonedShare);
        if (request.IsCover) return route;
        string payload = PayloadLibrary.Draw(Random.Pick(Payloads), Random);
        if (World.Options.Bodies) request.Body = $$"""{"source":"feed","name":"{{JsonEncodedText.Encode(payload, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""";
        else request.Query = $"name={PayloadEncoder.Encode(payload, TruthType.SqlInjection, Intensity, Random)}";
        return route;
    }
}
