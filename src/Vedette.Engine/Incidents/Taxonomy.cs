using Vedette.Engine.Detection;

namespace Vedette.Engine.Incidents;

/// <summary>Where each type of incident stands in the OWASP API Security Top 10 (2023) and in MITRE ATT&amp;CK (Enterprise).</summary>
public static class Taxonomy
{
    /// <summary>OWASP ids; empty for what is no security matter.</summary>
    public static IReadOnlyList<string> OwaspApi(IncidentType type) => type switch
    {
        IncidentType.ObjectEnumeration => ["API1:2023"],
        IncidentType.BruteForce or IncidentType.PasswordSpraying or IncidentType.CredentialStuffing or IncidentType.AccountTakeover => ["API2:2023"],
        IncidentType.ParameterFuzzing => ["API3:2023", "API8:2023"],
        IncidentType.RateAbuse or IncidentType.ResourceExhaustion or IncidentType.TrafficSpike => ["API4:2023"],
        IncidentType.SequenceAnomaly or IncidentType.DataScraping or IncidentType.Bot => ["API6:2023"],
        IncidentType.DataExfiltration => ["API1:2023", "API6:2023"],
        IncidentType.Ssrf => ["API7:2023"],
        IncidentType.EndpointEnumeration => ["API5:2023", "API9:2023"],
        IncidentType.Scanner => ["API8:2023", "API9:2023"],
        IncidentType.BehaviorAnomaly => ["API6:2023"],
        _ when type.IsPayload() => ["API8:2023"],
        _ => [],
    };

    /// <summary>ATT&amp;CK technique ids; empty for what is no attack.</summary>
    public static IReadOnlyList<string> MitreAttack(IncidentType type) => type switch
    {
        IncidentType.BruteForce => ["T1110.001"],
        IncidentType.PasswordSpraying => ["T1110.003"],
        IncidentType.CredentialStuffing => ["T1110.004"],
        IncidentType.AccountTakeover => ["T1078"],
        IncidentType.Scanner => ["T1595.002"],
        IncidentType.EndpointEnumeration => ["T1595.003"],
        IncidentType.ParameterFuzzing => ["T1595.002"],
        IncidentType.ObjectEnumeration or IncidentType.DataScraping => ["T1213"],
        IncidentType.DataExfiltration => ["T1567"],
        IncidentType.RateAbuse or IncidentType.ResourceExhaustion => ["T1499"],
        IncidentType.Xss => ["T1190", "T1059.007"],
        IncidentType.CommandInjection or IncidentType.Log4shell or IncidentType.TemplateInjection => ["T1190", "T1059"],
        _ when type.IsPayload() => ["T1190"],
        _ => [],
    };
}
