using System.Globalization;
using System.Net;

namespace Vedette.Server.Ask;

/// <summary>Finds out what a question in plain words asks for. Tolerant of word order, plurals and typing errors; what it did not understand it says.</summary>
/// <remarks>
/// No sentence grammar: phrases are looked for, the most specific first, and taken away. What is left and is no filler was not understood. The same question at the same time has the same meaning; nothing of
/// it ever becomes part of a statement of the store.
/// </remarks>
public static class QuestionParser
{
    /// <summary>Longer questions are cut: nobody asks that much at once.</summary>
    public const int MaxLength = Words.MaxLength;

    /// <summary>What is critical is of high risk too: not the level of that name alone.</summary>
    private const string AtLeastHigh = "HIGH or above";

    private static readonly string[] Askers = ["which", "what", "top", "top #", "worst"];

    private static readonly string[] CallerWords = ["ip", "address", "ip address", "user", "caller", "client", "account", "customer"];

    private static readonly string[] AboutIncidents = ["incident", "attack", "attacked", "alert", "threat"];

    /// <summary>Reads a question.</summary>
    /// <param name="question">At most 500 characters count.</param>
    /// <param name="now">The time "today" and the like refer to.</param>
    public static Interpretation Parse(string question, DateTimeOffset now)
    {
        var words = new Words(question);
        var filter = new Filter();
        TimePhrases.Read(words, filter, now);
        ReadNames(words, filter);
        ReadForecast(words, filter);
        ReadTypes(words, filter);
        Comparisons.Read(words, filter);
        ReadLimit(words, filter);
        Assign(words, filter, "verdict", Vocabulary.Verdicts);
        Assign(words, filter, "by", Vocabulary.Groups);
        Assign(words, filter, "sort", Vocabulary.Sorts);
        Assign(words, filter, "measure", Vocabulary.Measures);
        Assign(words, filter, "usage_class", Vocabulary.UsageClasses);
        string? risk = ReadRisk(words, filter);
        ReadStatus(words, filter);
        ReadPlace(words, filter);
        ReadSubject(words, filter, risk);
        ReadSort(words, filter);
        return Interpretation.Of(question, filter, [.. words.Unused.Where(static word => !Vocabulary.Fillers.Contains(word.Folded) && !IsPunctuation(word.Folded)).Select(static word => word.Text)]);
    }

    private static bool IsPunctuation(string word) => word.Length > 0 && !word.Any(char.IsLetterOrDigit);

    private static void Assign(Words words, Filter filter, string field, (string Value, string[] Phrases)[] entries)
    {
        foreach ((string value, string[] phrases) in entries)
        {
            if (filter.Has(field) || TakeMeant(words, phrases) < 0) continue;
            filter[field] = value;
        }
    }

    /// <summary>Takes a phrase as <see cref="Words.Take"/> does, unless the question excludes it: "incidents without scanners".</summary>
    private static int TakeMeant(Words words, string[] phrases)
    {
        foreach (string phrase in phrases)
        {
            for (int at; (at = words.Find(phrase)) >= 0;)
            {
                int count = phrase.AsSpan().Count(' ') + 1;
                if (!IsExcluded(words, at))
                {
                    words.Use(at, count);
                    return at;
                }
                words.Exclude(at, count);
            }
        }
        return -1;
    }

    /// <summary>Paths, addresses, users and methods.</summary>
    private static void ReadNames(Words words, Filter filter)
    {
        for (int i = 0; i < words.Count; i++)
        {
            Word word = words[i];
            if (word.IsUsed || IsExcluded(words, i)) continue;
            if (word.Folded.StartsWith('/'))
            {
                filter["endpoint"] = word.Folded;
                words.Use(i, 1);
            }
            else if (IsAddress(word.Folded))
            {
                filter["client_ip"] = word.Folded;
                words.Use(i, 1);
            }
            else if (IsMethod(words, i))
            {
                filter["method"] = word.Text.ToUpperInvariant();
                words.Use(i, 1);
            }
            else if (word.Folded is "user" or "account" && IsName(words, i + 1))
            {
                filter["user"] = words[i + 1].Text;
                words.Use(i, 2);
            }
            else if (IsWrittenLikeAName(words, i))
            {
                filter["user"] = word.Text;
                words.Use(i, 1);
            }
        }
    }

    /// <summary>"not from 10.0.0.0/8", "except 404": there are no conditions that exclude, so these words are left over instead of meaning the opposite.</summary>
    private static bool IsExcluded(Words words, int at)
    {
        int before = at - 1;
        while (words.At(before) is "from" or "by" or "on" or "at" or "for" or "the" or "to" or "status" or "code") before--;
        return IsExclusion(words.At(before));
    }

    /// <summary>True for a word after which stands what is not meant.</summary>
    internal static bool IsExclusion(string word) => word is "not" or "except" or "excluding" or "without" or "but" or "ignoring";

    private static bool IsAddress(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        return (address.Contains(':', StringComparison.Ordinal) || address.Count(static c => c == '.') == 3) && address.Length > 5 && IPAddress.TryParse(address, out _);
    }

    /// <summary>"get" is a verb unless it is written like a method or stands before a path.</summary>
    private static bool IsMethod(Words words, int at)
    {
        string text = words[at].Text;
        if (text.ToUpperInvariant() is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS")) return false;
        return text == text.ToUpperInvariant() || words.At(at + 1).StartsWith('/') || (words.At(at + 1) == "request" && at > 0);
    }

    /// <summary>A name follows "user" if it stands in quotes, or is no word that questions are made of.</summary>
    private static bool IsName(Words words, int at) =>
        at < words.Count && !words[at].IsUsed && (words[at].IsQuoted || (char.IsLetter(words[at].Text[0]) && !Spelling.IsKnown(Spelling.Fold(words[at].Text))));

    /// <summary>An account without the word before it: an e-mail address, or, where somebody is named, letters with digits, dots or hyphens among them: "what did svc-export do".</summary>
    private static bool IsWrittenLikeAName(Words words, int at)
    {
        string text = words[at].Text;
        if (words[at].IsQuoted || text.Length < 4 || !char.IsLetter(text[0]) || Spelling.IsKnown(words[at].Folded)) return false;
        int sign = text.IndexOf('@', StringComparison.Ordinal);
        if (sign > 0 && sign < text.Length - 1) return true;
        return words.At(at - 1) is "did" or "does" or "by" or "of" or "from" or "has" && (text.AsSpan(1).IndexOfAny('-', '.', '_') >= 0 || char.IsAsciiDigit(text[^1]));
    }

    private static void ReadTypes(Words words, Filter filter)
    {
        var types = new List<string>();
        foreach ((string type, string[] phrases) in Vocabulary.Types)
            while (TakeMeant(words, phrases) >= 0)
                if (!types.Contains(type)) types.Add(type);
        if (types.Count == 0) return;
        // In the order they were said.
        filter["type"] = string.Join(',', types.SelectMany(static type => type.Split(',')).Distinct().OrderBy(type => words.PlaceOf(type)));
    }

    private static void ReadForecast(Words words, Filter filter)
    {
        if (words.Take("about to fail", "close to failing", "near failing", "going to fail", "likely to fail", "will fail", "soon fail", "fail soon", "failing soon", "at risk of failing", "about to break", "about to fall over", "about to go down", "about to crash", "about to die", "going to break", "going to crash", "going to fall over", "going to go down", "predicted failure", "failure prediction", "failure forecast", "predicted to fail") < 0) return;
        filter["min_failure_probability"] = "0.5";
        filter["subject"] = "endpoints";
        filter["sort"] = "failure_probability";
    }

    private static void ReadLimit(Words words, Filter filter)
    {
        foreach (string phrase in new[] { "top #", "first #", "limit #", "worst #", "busiest #", "slowest #", "riskiest #", "latest #", "last #", "# most", "# busiest", "# slowest", "# riskiest", "# worst", "# latest" })
        {
            int at = words.Find(phrase);
            if (at < 0) continue;
            int number = phrase[0] == '#' ? at : at + 1;
            filter["limit"] = Math.Clamp((int)double.Parse(words[number].Folded, CultureInfo.InvariantCulture), 1, 1000).ToString(CultureInfo.InvariantCulture);
            // What it is the top of may stand in the same phrase, and is read later.
            words.Use(number, 1);
            if (phrase is "last #" or "first #") words.Use(at, 1);
            return;
        }
        ReadOne(words, filter);
    }

    /// <summary>"the last critical incident" is one, unlike "the latest incidents".</summary>
    private static void ReadOne(Words words, Filter filter)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words.At(i) is not ("last" or "latest" or "newest")) continue;
            for (int noun = i + 1; noun <= i + 3 && noun < words.Count; noun++)
            {
                if (words.At(noun) is not ("incident" or "attack" or "alert" or "anomaly" or "request" or "error") || words[noun].Text.EndsWith('s')) continue;
                filter["limit"] = "1";
                words.Use(i, 1);
                return;
            }
        }
    }

    private static string? ReadRisk(Words words, Filter filter)
    {
        foreach ((string least, string[] phrases) in Vocabulary.LeastRisks)
        {
            if (words.Take(phrases) < 0) continue;
            words.Take("risk", "severity", "priority");
            filter["min_risk"] = least;
            return null;
        }
        // A question about the risk, not for what is at risk.
        words.Take("how risky", "how dangerous", "how serious");
        foreach ((string level, string[] phrases) in new (string, string[])[]
        {
            ("CRITICAL", ["critical risk", "critical severity", "critical", "severe"]),
            (AtLeastHigh, ["high risk", "risky", "dangerous", "serious"]),
            ("HIGH", ["high priority", "high severity", "high"]),
            ("MEDIUM", ["medium risk", "medium priority", "medium severity", "medium", "moderate"]),
            ("LOW", ["low risk", "low priority", "low severity", "low"]),
        })
        {
            if (words.Take(phrases) >= 0) return level;
        }
        return null;
    }

    private static void ReadStatus(Words words, Filter filter)
    {
        var codes = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].IsUsed || IsExcluded(words, i) || StatusOf(words[i].Folded) is not { } code) continue;
            codes.Add(code);
            words.Use(i, 1);
        }
        foreach ((string status, string[] phrases) in Vocabulary.Statuses)
            // Whether an attack succeeded is not known of an incident: the word is left over instead of meaning nothing.
            if ((status != "2xx" || !filter.Has("type")) && words.Take(phrases) >= 0 && codes.Count == 0) codes.Add(status);
        if (codes.Count > 0) filter["status"] = string.Join(',', codes.Distinct());
    }

    private static string? StatusOf(string word)
    {
        string text = word.TrimEnd('s');
        if (text.Length != 3 || text[0] is < '1' or > '5') return null;
        return char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) ? text : text[1..] == "xx" ? text : null;
    }

    /// <summary>A word nobody knows beside "endpoint" or after "at" names an endpoint without its slash: "the payment endpoint", "errors at checkout".</summary>
    private static void ReadPlace(Words words, Filter filter)
    {
        if (filter.Has("endpoint")) return;
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].IsUsed || IsExcluded(words, i) || !IsPlace(words, filter, i)) continue;
            filter["endpoint"] = words[i].Folded;
            words.Use(i, 1);
            return;
        }
    }

    private static bool IsPlace(Words words, Filter filter, int at)
    {
        string word = words.At(at);
        if (word.Length < 3 || !word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') || !char.IsAsciiLetter(word[0]) || Vocabulary.IsMeant(word)) return false;
        string before = words.At(at - 1) is "the" or "our" or "my" ? words.At(at - 2) : words.At(at - 1);
        // "scraping the products": what a type of attack is done to.
        if (filter.Has("type") && before.Length == 0 && at >= 2 && words.At(at - 1) is "the" or "our" or "my" && words[at - 2].IsUsed) return true;
        // "which endpoint broke": what follows is a verb.
        bool isAsked = words.At(at - 2) is "which" or "what";
        return IsEndpointWord(words.At(at + 1)) || (IsEndpointWord(before) && !isAsked) || before is "at" or "on" or "hitting" || (before is "of" or "for" && filter.Has("measure"));
    }

    private static bool IsEndpointWord(string word) => word is "endpoint" or "api" or "route" or "service" or "page";

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
        bool isAboutIncidents = AboutIncidents.Any(phrase => words.Find(phrase) >= 0);
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
        if (filter.Has("type") || filter.Has("level") || filter.Has("min_risk") || filter.Has("verdict") || risk is not null) return "incidents";
        if (filter["sort"] is "bytes" && (filter.Has("user") || filter.Has("client_ip"))) return "callers";
        if (asksWho && filter["sort"] is "requests" or "errors" or "latency" or "bytes") return "callers";
        if (filter.Has("status") && filter.Has("by")) return "requests";
        if (filter.Has("compare") || filter["by"] is "hour" or "day" or "minute" || filter["measure"] is "avg_latency" or "p95_latency" or "error_rate") return "traffic";
        if (filter.Has("min_error_rate") || filter["sort"] is "latency" or "errors" or "error_rate" or "requests" or "bytes") return "endpoints";
        if (filter.Has("status") || filter.Has("min_duration_ms") || filter.Has("user") || filter.Has("client_ip") || filter.Has("endpoint") || filter.Has("method")) return "requests";
        return "incidents";
    }

    /// <summary>"most" without a word for what: of what is listed.</summary>
    private static void ReadSort(Words words, Filter filter)
    {
        if (filter["subject"] is "callers" && filter.Has("type") && !filter.Has("sort")) filter["sort"] = "events";
        if (filter.Has("sort") || words.Find("most") < 0 || filter.Has("measure")) return;
        filter["sort"] = filter["subject"] switch { "incidents" or "anomalies" => "risk", _ when filter.Has("status") => "errors", _ => "requests" };
        words.Take("most");
    }
}
