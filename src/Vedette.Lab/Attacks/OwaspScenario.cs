using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>One abuse of the OWASP API Security Top 10 of 2023, as a labelled scenario.</summary>
/// <param name="Id">Its number: <c>API1:2023</c>.</param>
/// <param name="Name">Its title in snake case, the scenario in the truth.</param>
/// <param name="Type">The type of attack it shows itself as; pace and number of sources are that type's.</param>
/// <param name="Create">Makes the way of working.</param>
internal sealed record OwaspScenario(string Id, string Name, TruthType Type, Func<World, Intensity, AttackScript> Create)
{
    /// <summary>All ten, in order; https://owasp.org/API-Security/editions/2023/en/0x11-t10/.</summary>
    public static IReadOnlyList<OwaspScenario> All { get; } =
    [
        new("API1:2023", "broken_object_level_authorization", TruthType.ObjectEnumeration, static (w, i) => new ObjectScript(w, i)),
        new("API2:2023", "broken_authentication", TruthType.CredentialStuffing, static (w, i) => new LoginScript(w, i, LoginPlan.Stuffing)),
        new("API3:2023", "broken_object_property_level_authorization", TruthType.ParameterFuzzing, static (w, i) => new FuzzingScript(w, i)),
        new("API4:2023", "unrestricted_resource_consumption", TruthType.ResourceExhaustion, static (w, i) => new ExhaustionScript(w, i)),
        new("API5:2023", "broken_function_level_authorization", TruthType.EndpointEnumeration, static (w, i) => new FunctionScript(w, i)),
        new("API6:2023", "unrestricted_access_to_sensitive_business_flows", TruthType.Bot, static (w, i) => new BotScript(w, i)),
        new("API7:2023", "server_side_request_forgery", TruthType.Ssrf, static (w, i) => new InjectionScript(w, i, TruthType.Ssrf)),
        new("API8:2023", "security_misconfiguration", TruthType.Scanner, static (w, i) => new ScannerScript(w, i)),
        new("API9:2023", "improper_inventory_management", TruthType.EndpointEnumeration, static (w, i) => new InventoryScript(w, i)),
        new("API10:2023", "unsafe_consumption_of_apis", TruthType.SqlInjection, static (w, i) => new ConsumptionScript(w, i)),
    ];

    public static OwaspScenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
