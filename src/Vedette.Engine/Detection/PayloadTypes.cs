using Vedette.Engine.Behavior;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Detection;

/// <summary>From classes of payload to types of incident, and to words.</summary>
internal static class PayloadTypes
{
    /// <summary>The incident type of a class.</summary>
    public static IncidentType Of(PayloadClass payload) => payload is PayloadClass.Scanner or PayloadClass.None ? IncidentType.Scanner : (IncidentType)(payload - 1);

    /// <summary>The classes of payload that an incident of this type is made of; all of them for a scanner and for what is no payload.</summary>
    public static PayloadClasses ClassesOf(IncidentType type) => type switch
    {
        IncidentType.HttpSmuggling => PayloadClasses.HttpSmuggling | PayloadClasses.CrlfInjection,
        _ when type.IsPayload() => ((PayloadClass)type + 1).AsSet(),
        _ => (PayloadClasses)~0,
    };

    /// <summary>
    /// What a request is after, where its payload carries traits of several classes: climbing out of a folder to run a program there is command injection, since the way matters less
    /// than what is done at its end.
    /// </summary>
    public static PayloadClasses AimOf(PayloadClasses found) =>
        (found & PayloadClasses.CommandInjection) != 0 ? found & ~(PayloadClasses.PathTraversal | PayloadClasses.FileInclusion) : found;

    /// <summary>The classes seen, gravest first, in words.</summary>
    public static string List(in PayloadCounts counts)
    {
        var names = new List<string>();
        foreach (PayloadClass payload in BySeverity)
            if (counts[(int)payload] > 0) names.Add(Of(payload).Name().Replace('_', ' '));
        return string.Join(", ", names);
    }

    public static string Describe(IncidentType type) => type switch
    {
        IncidentType.SqlInjection => "SQL where data belongs",
        IncidentType.Xss => "script where text belongs (XSS)",
        IncidentType.PathTraversal => "paths that climb out of the served folder",
        IncidentType.FileInclusion => "foreign files to be included",
        IncidentType.CommandInjection => "system commands or code where data belongs",
        IncidentType.TemplateInjection => "template expressions to be evaluated",
        IncidentType.LdapInjection => "LDAP filters where data belongs",
        IncidentType.NosqlInjection => "database operators where data belongs",
        IncidentType.Xxe => "XML with external entities",
        IncidentType.Ssrf => "addresses the server should fetch for the sender (SSRF)",
        IncidentType.Log4shell => "JNDI look-ups for Log4j (Log4Shell)",
        IncidentType.HttpSmuggling => "a second request hidden in the first",
        IncidentType.CrlfInjection => "line breaks to forge headers",
        _ => "probes of known weaknesses",
    };

    /// <summary>What runs code or reaches the database comes first.</summary>
    public static ReadOnlySpan<PayloadClass> BySeverity =>
    [
        PayloadClass.Log4Shell, PayloadClass.CommandInjection, PayloadClass.SqlInjection, PayloadClass.Xxe, PayloadClass.TemplateInjection, PayloadClass.FileInclusion,
        PayloadClass.Ssrf, PayloadClass.NosqlInjection, PayloadClass.LdapInjection, PayloadClass.PathTraversal, PayloadClass.Xss, PayloadClass.HttpSmuggling, PayloadClass.CrlfInjection,
        PayloadClass.Scanner,
    ];
}
