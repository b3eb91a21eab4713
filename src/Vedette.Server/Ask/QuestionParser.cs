using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>Finds out what a question in plain words asks for. Tolerant of word order, plurals and typing errors; what it did not understand it says.</summary>
/// <remarks>
/// No sentence grammar: phrases are looked for, the most specific first, and taken away. What is left and is no filler was not understood. The same question at the same time has the same meaning; nothing of
/// it ever becomes part of a statement of the store.
/// </remarks>
public static partial class QuestionParser
{
    /// <summary>Longer questions are cut: nobody asks that much at once.</summary>
    public const int MaxLength = Words.MaxLength;

    /// <summary>Reads a question.</summary>
    /// <param name="question">At most 500 characters count.</param>
    /// <param name="now">The time "today" and the like refer to.</param>
    public static Interpretation Parse(string question, DateTimeOffset now)
    {
        var words = new Words(question);
        var filter = new Filter();
        var conditions = new SubjectConditions(words, filter);
        TimePhrases.Read(words, filter, now);
        AgentPhrases.Read(words, conditions);
        ReadNames(words, filter);
        ReadForecast(words, filter);
        OutcomePhrases.ReadLogins(words, filter);
        ReadTypes(words, filter);
        OutcomePhrases.ReadAttacks(words, filter, conditions);
        ConfidencePhrases.Read(words, conditions);
        Comparisons.Read(words, filter);
        ReadLimit(words, filter);
        Assign(words, filter, "verdict", Vocabulary.Verdicts);
        // Roll-ups, which groups are counted from, do not know user agents.
        if (!filter.Has("user_agent")) Assign(words, filter, "by", Vocabulary.Groups);
        Assign(words, filter, "sort", Vocabulary.Sorts);
        Assign(words, filter, "measure", Vocabulary.Measures);
        Assign(words, filter, "usage_class", Vocabulary.UsageClasses);
        string? risk = ReadRisk(words, filter);
        ReadStatus(words, filter);
        ReadPlace(words, filter);
        ReadSubject(words, filter, risk);
        ReadSort(words, filter);
        conditions.Settle();
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

    /// <summary>"not from 10.0.0.0/8", "except 404": there are no conditions that exclude, so these words are left over instead of meaning the opposite.</summary>
    internal static bool IsExcluded(Words words, int at)
    {
        int before = at - 1;
        while (words.At(before) is "from" or "by" or "on" or "at" or "for" or "the" or "a" or "an" or "to" or "status" or "code") before--;
        return IsExclusion(words.At(before));
    }

    /// <summary>True for a word after which stands what is not meant.</summary>
    internal static bool IsExclusion(string word) => word is "not" or "except" or "excluding" or "without" or "but" or "ignoring";

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
            // A word that says what came of an attack is no status, even where that is not known.
            if ((status != "2xx" || !filter.Has("type")) && words.Take(phrases) >= 0 && codes.Count == 0) codes.Add(status);
        if (codes.Count > 0) filter["status"] = string.Join(',', codes.Distinct());
    }

    private static string? StatusOf(string word)
    {
        string text = word.TrimEnd('s');
        if (text.Length != 3 || text[0] is < '1' or > '5') return null;
        return char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) ? text : text[1..] == "xx" ? text : null;
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
