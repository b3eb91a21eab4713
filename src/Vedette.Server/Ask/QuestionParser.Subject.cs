namespace Vedette.Server.Ask;

/// <content>What is asked about, and which conditions that has.</content>
public static partial class QuestionParser
{
    /// <summary>What is critical is of high risk too: not the level of that name alone.</summary>
    private const string AtLeastHigh = "HIGH or above";

    private static readonly string[] Askers = ["which", "what", "top", "top #", "worst"];

    private static readonly string[] CallerWords = ["ip", "address", "ip address", "user", "caller", "client", "account", "customer"];

    private static readonly string[] AboutIncidents = ["incident", "attack", "attacked", "alert", "threat"];

    private static void ReadSubject(Words words, Filter filter, string? risk)
    {
        ReadAsked(words, filter);
        bool isNew = words.Take("new", "never seen before") >= 0;
        string? named = filter["subject"];
        string? kind = null;
        foreach ((string subject, string[] phrases) in Vocabulary.Subjects)
        {
            int at = words.Take(phrases);
            if (at < 0) continue;
            if (subject == "callers") kind ??= words[at].Folded switch { "user" or "account" or "customer" or "people" => "user", "ip" or "address" => "ip", _ => null };
            named = named is null ? subject : Narrower(named, subject, filter);
        }
        // "how is /payment doing": not its requests one by one.
        if (named is null && filter.Has("endpoint") && words.Find("how is") >= 0) named = "endpoints";
        // A class of use belongs to minutes of callers, and what one caller sent is its requests.
        if (named == "callers" && filter.Has("usage_class")) named = "anomalies";
        if (named == "traffic" && (filter.Has("client_ip") || filter.Has("user")) && !filter.Has("measure") && !filter.Has("by") && !filter.Has("compare")) named = "requests";
        // A single request has no type.
        if (named == "requests" && filter.Has("type") && !filter.Has("by")) named = "incidents";
        filter["subject"] = named ?? Implied(filter, risk, asksWho: words.Find("who") >= 0);
        if (filter["subject"] == "callers") filter["kind"] = kind;
        if (isNew) filter["is_new"] = "true";
        AskRisk(filter, risk);
        AskOfEach(filter);
        // "endpoints with errors" lists endpoints; "errors" lists requests.
        if (filter["subject"] is "incidents" or "anomalies") filter["status"] = null;
        if (filter["subject"] is "requests" && filter.Has("by")) filter["measure"] ??= "count";
        if (filter["subject"] is "endpoints" or "callers" && filter["status"] is { } status && !filter.Has("sort") && !filter.Has("min_error_rate")) filter["sort"] = ErrorsOf(status);
        if (filter["subject"] is "traffic" && filter.Has("compare") && filter.Has("status")) filter["measure"] ??= "error_rate";
        if (filter["subject"] is "endpoints" or "callers" || (filter["subject"] is "traffic" && filter.Has("compare"))) filter["status"] = null;
    }

    /// <summary>Roll-ups know classes of answers: "most 404s" is by client errors, and says so.</summary>
    private static string ErrorsOf(string status) => status.Split(',').All(static code => code[0] == '4') ? "client_errors" : status.Split(',').All(static code => code[0] == '5') ? "server_errors" : "errors";

    /// <summary>Incidents have a level, or a least risk; all else has a priority, of which HIGH is the last.</summary>
    private static void AskRisk(Filter filter, string? risk)
    {
        if (filter["subject"] is not "incidents") filter["priority"] = risk is "CRITICAL" or AtLeastHigh ? "HIGH" : risk;
        else if (risk is not AtLeastHigh) filter["level"] = risk;
        else filter["min_risk"] ??= "60";
    }

    /// <summary>"average latency per endpoint" is the list of endpoints, by latency.</summary>
    private static void AskOfEach(Filter filter)
    {
        if (filter["measure"] is not ("avg_latency" or "p95_latency" or "error_rate") || filter["by"] is not ("endpoint" or "caller")) return;
        filter["subject"] = filter["by"] + "s";
        filter["sort"] ??= filter["measure"] switch { "error_rate" => filter["by"] == "caller" ? "errors" : "error_rate", _ => "latency" };
        filter["by"] = filter["measure"] = null;
    }

    /// <summary>"which IP has most incidents", "top attackers": callers or endpoints are asked for, and incidents say in which order.</summary>
    private static void ReadAsked(Words words, Filter filter)
    {
        bool isAboutIncidents = IsAboutIncidents(words);
        bool isAttacker = words.Take("offender", "bad actor") >= 0 || words.Find("attacker") >= 0;
        bool asksCallers = isAttacker || Askers.Any(asker => CallerWords.Any(caller => words.Find($"{asker} {caller}") >= 0));
        if (asksCallers && (isAboutIncidents || isAttacker))
        {
            filter["subject"] ??= "callers";
            if (isAttacker || !filter.Has("sort")) filter["sort"] = "incidents";
        }
        else if (isAboutIncidents && Askers.Any(asker => words.Find($"{asker} endpoint") >= 0 || words.Find($"{asker} api") >= 0 || words.Find($"{asker} route") >= 0))
        {
            filter["subject"] ??= "endpoints";
            filter["sort"] ??= "anomalies";
        }
    }

    internal static bool IsAboutIncidents(Words words) => AboutIncidents.Any(phrase => words.Find(phrase) >= 0);

    /// <summary>Of two subjects the one that is asked for; the other one describes it: "anomalies in the payment endpoint", "errors by users".</summary>
    private static string Narrower(string first, string second, Filter filter)
    {
        if (filter.Has("usage_class")) return "anomalies";
        if ((first, second) is ("incidents", "endpoints") or ("anomalies", "endpoints") or ("endpoints", "requests") or ("callers", "requests") or ("endpoints", "traffic") or ("callers", "traffic"))
            return second == "endpoints" && !filter.Has("endpoint") && filter.Has("sort") ? second : first;
        return second == "traffic" ? second : first;
    }

    private static string Implied(Filter filter, string? risk, bool asksWho)
    {
        if (filter.Has("usage_class")) return "anomalies";
        if (filter.Has("type") || filter.Has("level") || filter.Has("min_risk") || filter.Has("min_confidence") || filter.Has("max_confidence") || filter.Has("outcome") || filter.Has("verdict") || risk is not null) return "incidents";
        if (filter["sort"] is "bytes" && (filter.Has("user") || filter.Has("client_ip"))) return "callers";
        if (asksWho && filter["sort"] is "requests" or "errors" or "latency" or "bytes") return "callers";
        if (filter.Has("status") && filter.Has("by")) return "requests";
        if (filter.Has("compare") || filter["by"] is "hour" or "day" or "minute" || filter["measure"] is "avg_latency" or "p95_latency" or "error_rate") return "traffic";
        if (filter.Has("min_error_rate") || filter["sort"] is "latency" or "errors" or "error_rate" or "requests" or "bytes") return "endpoints";
        if (filter.Has("status") || filter.Has("min_duration_ms") || filter.Has("user") || filter.Has("client_ip") || filter.Has("endpoint") || filter.Has("method") || filter.Has("user_agent")) return "requests";
        return "incidents";
    }
}
