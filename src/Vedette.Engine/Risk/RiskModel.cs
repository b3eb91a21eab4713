using Vedette.Engine.Detection;

namespace Vedette.Engine.Risk;

/// <summary>From a finding's evidence and harm to a risk of 0 to 100.</summary>
/// <remarks>
/// risk = 100 · severity(type) · (0.35 + 0.25 · confidence + 0.40 · impact). The severities order the types by what an attacker gains when it works: code or
/// data (1), accounts (0.95), knowledge (0.75), service time (0.75), a hint that something is odd (0.6). A refused single attempt at the worst kinds is thus
/// medium, one that the server answered is high, a campaign that works is critical. A negative impact, down to -0.5, stands for an innocent reading that
/// is likelier than harm.
/// </remarks>
internal static class RiskModel
{
    public static double Severity(IncidentType type) => type switch
    {
        IncidentType.Log4shell or IncidentType.CommandInjection or IncidentType.AccountTakeover => 1,
        IncidentType.SqlInjection or IncidentType.TemplateInjection or IncidentType.Xxe or IncidentType.CredentialStuffing or IncidentType.DataExfiltration => 0.95,
        IncidentType.FileInclusion or IncidentType.Ssrf or IncidentType.NosqlInjection or IncidentType.PasswordSpraying or IncidentType.ObjectEnumeration
            or IncidentType.LdapInjection or IncidentType.HttpSmuggling => 0.9,
        IncidentType.PathTraversal or IncidentType.BruteForce or IncidentType.ResourceExhaustion => 0.85,
        IncidentType.Xss or IncidentType.CrlfInjection or IncidentType.ErrorSpike or IncidentType.TrafficDrop or IncidentType.FailurePredicted => 0.8,
        IncidentType.Scanner or IncidentType.DataScraping or IncidentType.EndpointEnumeration or IncidentType.ParameterFuzzing or IncidentType.RateAbuse => 0.75,
        IncidentType.Bot => 0.7,
        IncidentType.LatencySpike => 0.65,
        _ => 0.6,
    };

    /// <summary>How sure a p-value makes us, in [0, 1): 1e-4 gives 0.8, 1e-9 gives 0.9.</summary>
    public static double Confidence(double pValue)
    {
        double strength = -Math.Log10(pValue);
        return strength / (strength + 1);
    }

    public static double Risk(Finding finding)
    {
        double evidence = 0.35 + 0.25 * Confidence(finding.PValue) + 0.40 * finding.Impact;
        return Math.Clamp(100 * Severity(finding.Type) * evidence, 0, 100);
    }
}
