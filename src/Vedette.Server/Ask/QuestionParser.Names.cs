using System.Net;

namespace Vedette.Server.Ask;

/// <content>Who and what is named: paths, addresses, users, methods, places.</content>
public static partial class QuestionParser
{
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
    internal static bool IsName(Words words, int at) =>
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
}
