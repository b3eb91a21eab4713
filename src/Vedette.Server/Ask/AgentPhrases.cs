using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Server.Ask;

/// <summary>Reads user agents: "requests by curl", "errors with user agent acme-sync".</summary>
internal static class AgentPhrases
{
    private static readonly HashSet<string> Introductions = ["by", "from", "using", "use", "used", "with", "via", "of", "through", "did", "does", "made"];

    public static void Read(Words words, SubjectConditions conditions)
    {
        if (ReadNamed(words, conditions)) return;
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].IsUsed || QuestionParser.IsExcluded(words, i) || !IsProduct(words[i].Text)) continue;
            if (!Introductions.Contains(words.At(i - 1)) && words.At(i + 1) is not ("request" or "call" or "hit" or "traffic")) continue;
            conditions.Take("user_agent", words[i].Text, i, 1);
            return;
        }
    }

    /// <summary>True for the name of a product that sends requests, with or without its version: <c>curl/8.4.0</c>.</summary>
    public static bool IsProduct(string word)
    {
        string name = word.Split('/')[0];
        if (Spelling.IsKnown(Spelling.Fold(name))) return false;
        string family = UserAgents.Name(UserAgents.Classify(Encoding.UTF8.GetBytes(name)).Family);
        return family.Length > 0 && family.Equals(name.Replace('-', ' ').Replace('_', ' '), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>"user agent" and what follows, which may be anything.</summary>
    private static bool ReadNamed(Words words, SubjectConditions conditions)
    {
        int at = words.Find("user agent"), value = at + 2;
        if (at < 0) (at, value) = (words.Find("agent"), words.Find("agent") + 1);
        if (at < 0) return false;
        if (QuestionParser.IsExcluded(words, at))
        {
            words.Exclude(at, value - at);
            return true;
        }
        while (words.At(value) is "is" or "like" or "of" or "named" or "called" or "contains" or "containing" or "with") value++;
        if (words.At(value).Length == 0 || (!words[value].IsQuoted && Spelling.IsKnown(words[value].Folded))) return false;
        conditions.Take("user_agent", words[value].Text, at, value - at + 1);
        return true;
    }
}
