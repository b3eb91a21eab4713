namespace Vedette.Server.Ask;

/// <summary>Reads what came of something: "attacks that got through", "successful logins of alice".</summary>
internal static class OutcomePhrases
{
    private static readonly string[] Refused =
    [
        "not succeed", "not successful", "not work", "not get through", "not go through", "not get in", "not accepted", "unsuccessful", "unsuccessfully", "was refused", "were refused", "refused", "rejected", "failed",
    ];

    private static readonly string[] Succeeded =
    [
        "got through", "get through", "getting through", "went through", "made it through", "came through", "got past", "got in", "succeeded", "succeed", "succeeding", "successful", "successfully", "success", "worked", "accepted",
    ];

    private static readonly string[] LoggedIn =
    [
        "successful login", "successful log in", "successful sign in", "successful logon", "successful authentication", "successfully logged in", "successfully signed in", "logged in successfully", "signed in successfully", "login success",
    ];

    /// <summary>Words of the phrases, for the vocabulary.</summary>
    public static IEnumerable<string> All => Refused.Concat(Succeeded).Concat(LoggedIn);

    /// <summary>A log-in that succeeded is a request that was answered without an error: forms answer with a redirect.</summary>
    public static void ReadLogins(Words words, Filter filter)
    {
        int at = words.Take(LoggedIn);
        if (at < 0) return;
        filter["subject"] = "requests";
        filter["endpoint"] ??= "login";
        filter["status"] = "2xx,3xx";
        int name = at;
        while (name < words.Count && words[name].IsUsed) name++;
        if (filter.Has("user") || words.At(name) is not ("of" or "by" or "for") || !QuestionParser.IsName(words, name + 1)) return;
        filter["user"] = words[name + 1].Text;
        words.Use(name, 2);
    }

    /// <summary>Of an attack; the status of a request is another matter.</summary>
    public static void ReadAttacks(Words words, Filter filter, SubjectConditions conditions)
    {
        if (!filter.Has("type") && !QuestionParser.IsAboutIncidents(words)) return;
        foreach ((string outcome, string[] phrases) in new[] { ("refused", Refused), ("succeeded", Succeeded) })
        {
            foreach (string phrase in phrases)
            {
                int at = words.Find(phrase);
                if (at < 0 || QuestionParser.IsExcluded(words, at)) continue;
                conditions.Take("outcome", outcome, at, phrase.AsSpan().Count(' ') + 1);
                return;
            }
        }
    }
}
