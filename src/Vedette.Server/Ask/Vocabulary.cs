namespace Vedette.Server.Ask;

/// <summary>The words questions are made of. Phrases are folded: small letters, singular.</summary>
internal static class Vocabulary
{
    /// <summary>What is asked about.</summary>
    public static readonly (string Subject, string[] Phrases)[] Subjects =
    [
        ("anomalies", ["anomaly", "anomalous", "outlier", "strange behavior", "unusual behavior", "suspicious behavior", "behavior", "behaviour", "abnormal", "suspicious", "strange", "weird", "odd", "unusual"]),
        ("incidents", ["incident", "attack", "alert", "threat", "campaign", "attacker", "attacked", "attacking", "intrusion", "break in", "broke in", "breaking in", "abuse", "detection", "wrong", "going on", "blocked", "banned"]),
        ("endpoints", ["endpoint", "api", "route", "resource", "service", "healthy", "health", "down"]),
        ("callers", ["caller", "client", "ip address", "ip", "address", "user", "account", "customer", "people", "consumer", "talker"]),
        ("traffic", ["traffic", "load", "throughput", "volume", "trend"]),
        ("requests", ["request", "call", "log line", "log", "event", "hit", "access", "response"]),
    ];

    /// <summary>Incident types and what people call them.</summary>
    public static readonly (string Types, string[] Phrases)[] Types =
    [
        ("brute_force,password_spraying,credential_stuffing", ["failed to log in", "fail to log in", "failed to login", "failed login", "login failure", "failing login", "login attack", "password attack", "failed log in", "suspicious login", "strange login"]),
        ("sql_injection", ["sql injection", "sqli", "sql attack", "sql"]),
        ("nosql_injection", ["nosql injection", "nosql", "mongo injection"]),
        ("xss", ["xss", "cross site scripting", "script injection"]),
        ("path_traversal", ["path traversal", "directory traversal", "traversal", "lfi"]),
        ("file_inclusion", ["file inclusion", "rfi"]),
        ("command_injection", ["command injection", "code injection", "rce", "remote code execution", "shell injection"]),
        ("template_injection", ["template injection", "ssti"]),
        ("ldap_injection", ["ldap injection", "ldap"]),
        ("xxe", ["xxe", "xml external entity"]),
        ("ssrf", ["ssrf", "server side request forgery"]),
        ("log4shell", ["log4shell", "log4j", "jndi"]),
        ("http_smuggling", ["http smuggling", "request smuggling", "smuggling"]),
        ("crlf_injection", ["crlf injection", "header injection", "response splitting"]),
        ("scanner", ["scanner", "scan", "scanning", "vulnerability scan", "probe", "probing"]),
        ("brute_force", ["brute force", "bruteforce", "brute forcing", "password guessing"]),
        ("password_spraying", ["password spraying", "spraying"]),
        ("credential_stuffing", ["credential stuffing", "stuffing"]),
        ("account_takeover", ["account takeover", "takeover", "taken over", "took over", "take over", "taking over", "ato", "hijacked account", "hijacking"]),
        ("data_scraping", ["data scraping", "scraping", "scraper", "scraped", "scrape", "crawling", "crawled"]),
        ("data_exfiltration", ["data exfiltration", "exfiltration", "data leak", "data leaking", "leaking data", "leaking", "data theft"]),
        ("endpoint_enumeration", ["endpoint enumeration", "forced browsing", "directory busting"]),
        ("object_enumeration", ["object enumeration", "bola", "idor", "id enumeration", "enumerating id", "enumerating", "enumeration"]),
        ("parameter_fuzzing", ["parameter fuzzing", "fuzzing", "fuzzer"]),
        ("rate_abuse", ["rate abuse", "rate limit violation", "api abuse", "flooding", "flood", "hammering", "hammer"]),
        ("resource_exhaustion", ["resource exhaustion", "denial of service", "dos attack", "ddos", "dos"]),
        ("sequence_anomaly", ["sequence anomaly", "odd sequence", "unusual sequence", "unusual order"]),
        ("behavior_anomaly", ["behavior anomaly", "behavioral anomaly"]),
        ("latency_spike", ["latency spike", "slowdown", "slow down"]),
        ("error_spike", ["error spike", "error burst", "outage"]),
        ("traffic_spike", ["traffic spike", "traffic surge", "surge"]),
        ("traffic_drop", ["traffic drop", "traffic loss", "silence"]),
        ("failure_predicted", ["failure predicted"]),
    ];

    /// <summary>Classes of responses.</summary>
    public static readonly (string Status, string[] Phrases)[] Statuses =
    [
        ("5xx", ["server error", "internal error", "backend error"]),
        ("4xx", ["client error", "bad request"]),
        ("404", ["not found", "missing page", "dead link"]),
        ("401", ["unauthorized", "unauthenticated"]),
        ("403", ["forbidden", "refused"]),
        ("429", ["throttled", "rate limited"]),
        ("504", ["timeout", "timed out"]),
        ("2xx", ["successful", "succeeded", "success"]),
        ("4xx,5xx", ["error", "failed", "failure", "failing", "broken", "broke"]),
    ];

    public static readonly (string Verdict, string[] Phrases)[] Verdicts =
    [
        ("none", ["not yet reviewed", "not reviewed", "not yet judged", "unreviewed", "untriaged", "not triaged", "without feedback", "nobody has looked at", "nobody looked at", "nobody has reviewed", "nobody has judged", "nobody has seen", "no one has looked at", "no one looked at", "no one has reviewed", "unhandled", "not yet handled", "unresolved", "open"]),
        ("false_positive", ["false positive", "false alarm"]),
        ("confirmed", ["confirmed", "true positive"]),
        ("benign", ["benign", "harmless"]),
    ];

    public static readonly (string Class, string[] Phrases)[] UsageClasses =
    [
        ("bot", ["bot like", "bot", "automated", "automation", "robot", "non human"]),
        ("heavy", ["heavy usage", "heavy user", "heavy", "power user"]),
        ("normal", ["normal user", "normal usage"]),
    ];

    /// <summary>What lists are sorted by.</summary>
    public static readonly (string Sort, string[] Phrases)[] Sorts =
    [
        ("latency", ["slowest", "highest latency", "longest", "most latency", "by latency", "by duration", "by response time", "slow"]),
        ("requests", ["busiest", "by number of request", "most active", "most used", "most requested", "most popular", "most called", "noisiest", "most request", "most traffic", "highest traffic", "by request", "by traffic"]),
        ("errors", ["most error", "most failing", "most failure", "most broken", "by error", "by failure"]),
        ("error_rate", ["highest error rate", "worst error rate", "by error rate"]),
        ("risk", ["riskiest", "most dangerous", "worst", "highest risk", "most risky", "most severe", "most important", "gravest", "look at first", "by risk"]),
        ("bytes", ["most data", "most byte", "most bandwidth", "biggest download", "largest download", "most download", "how much data", "how many byte", "how much bandwidth", "by byte", "by data", "by bandwidth", "by size"]),
        ("incidents", ["most incident", "most attack", "most alert", "by incident", "by attack"]),
        ("anomalies", ["most anomaly", "most anomalous", "most attacked", "most targeted", "by anomaly"]),
    ];

    /// <summary>What is measured instead of listed.</summary>
    public static readonly (string Measure, string[] Phrases)[] Measures =
    [
        ("count", ["how many", "number of", "count of", "count", "total number of"]),
        ("p95_latency", ["p95 latency", "p95", "95th percentile"]),
        ("avg_latency", ["average latency", "mean latency", "avg latency", "average response time", "mean response time", "how fast", "how slow", "latency"]),
        ("error_rate", ["error rate", "error ratio", "failure rate", "share of error"]),
    ];

    public static readonly (string By, string[] Phrases)[] Groups =
    [
        ("endpoint", ["by endpoint", "per endpoint", "per api", "by route", "per route", "for each endpoint", "grouped by endpoint"]),
        ("type", ["by type", "per type", "by attack type", "by category", "by kind", "most common attack type", "most common type", "most common attack", "which attack type", "what type of attack", "type of attack", "attack type"]),
        ("caller", ["by caller", "per caller", "by client", "per client", "by ip", "per ip", "by user", "per user", "by address"]),
        ("status", ["by status", "per status", "by status code"]),
        ("hour", ["by hour", "per hour", "hourly", "each hour", "busiest hour", "which hour", "peak hour"]),
        ("day", ["by day", "per day", "daily", "each day"]),
        ("minute", ["by minute", "per minute", "each minute"]),
    ];

    /// <summary>Levels from which on: the lowest risk that is meant.</summary>
    public static readonly (string Least, string[] Phrases)[] LeastRisks =
    [
        ("60", ["critical or high", "critical and high", "high or critical", "high and critical", "high or above", "high and above", "high or higher", "at least high"]),
        ("40", ["medium or high", "medium and high", "medium or above", "medium and above", "medium or higher", "at least medium"]),
    ];

    /// <summary>Words that carry no meaning here.</summary>
    public static readonly HashSet<string> Fillers =
    [
        "show", "list", "find", "get", "give", "display", "tell", "see", "want", "need", "please", "all", "any", "every", "the", "a", "an", "me", "us", "our", "we", "i", "my", "in", "on", "at", "of", "for", "from", "to",
        "by", "with", "and", "or", "is", "are", "was", "were", "be", "been", "do", "does", "did", "doing", "done", "has", "have", "had", "there", "that", "this", "these", "those", "what", "which", "who", "whom", "when", "where", "how",
        "why", "it", "its", "they", "them", "about", "than", "then", "now", "right", "currently", "current", "happened", "happening", "happen", "made", "make", "making", "seen", "going", "most", "more", "much", "many", "some", "risk", "level", "code", "status", "seem", "should", "grouped", "group",
        "look", "like", "against", "hitting", "using", "use", "used", "took", "take", "taking", "time", "top", "can", "could", "would", "you", "yet", "only", "just", "whose", "being", "come", "came", "coming", "sent", "send", "sending", "page",
        "targeting", "target", "towards", "toward", "during", "within", "rate", "got", "getting", "page", "through", "via", "recent", "recently", "latest", "newest", "active", "caused", "cause", "causing", "stuff", "thing", "anything", "something", "everything", "out", "so", "far", "anyone", "anybody", "somebody", "someone", "try", "tried", "trying", "key", "went", "under", "happen", "start", "started", "begin", "began", "begun", "whatever", "ever", "else", "ok", "okay", "severity", "back", "still", "ago", "near", "attempt", "attempted", "downloaded", "download", "downloading", "transferred", "pull", "pulled", "pulling", "actually", "really", "gave", "threw", "throw", "throwing", "produce", "produced", "return", "returned", "returning",
    ];

    private static readonly string[] Others =
    [
        "last", "past", "previous", "since", "until", "before", "after", "between", "today", "yesterday", "tonight", "not", "except", "excluding", "without", "but", "ignoring", "first", "offender", "actor", "should", "morning", "afternoon", "evening", "weekend", "around", "ago", "busier", "worse", "better",  "week", "month", "day", "hour", "minute", "second", "min", "sec", "hr", "ms", "millisecond", "noon", "midnight",
        "night", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "predicted", "prediction", "forecast",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "above", "over", "below", "under", "exceeding", "exceed", "greater", "higher", "larger", "less", "lower", "least", "slower", "faster", "longer", "shorter",
        "percent", "compare", "compared", "versus", "vs", "high", "medium", "moderate", "low", "critical", "severe", "serious", "risky", "dangerous", "new", "never", "before", "bottom", "limit", "probability", "fall", "crash", "crashing", "die", "likely", "soon", "fail", "failing",
        "latency", "duration", "response", "path", "url", "named", "called", "half",
        "quarter", "couple", "few", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty", "score", "fastest", "quickest", "confidence", "confident", "certainty", "certain", "sure", "very", "agent",
    ];

    private static readonly HashSet<string> Meant = [.. AllWords];

    /// <summary>True for words that mean something here, so that they name nothing of the asker's; those of types do both.</summary>
    public static bool IsMeant(string word) => Meant.Contains(word) && word != "login";

    /// <summary>Every word that means something.</summary>
    public static IEnumerable<string> AllWords =>
        Subjects.SelectMany(static entry => entry.Phrases).Concat(Types.SelectMany(static entry => entry.Phrases)).Concat(Statuses.SelectMany(static entry => entry.Phrases))
            .Concat(Verdicts.SelectMany(static entry => entry.Phrases)).Concat(UsageClasses.SelectMany(static entry => entry.Phrases)).Concat(Sorts.SelectMany(static entry => entry.Phrases))
            .Concat(OutcomePhrases.All).Concat(Measures.SelectMany(static entry => entry.Phrases)).Concat(Groups.SelectMany(static entry => entry.Phrases)).SelectMany(static phrase => phrase.Split(' ')).Concat(Fillers).Concat(Others);
}
