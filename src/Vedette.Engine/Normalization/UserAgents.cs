using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>What kind of software a user agent claims to be. A claim only: attackers call themselves browsers.</summary>
public enum UserAgentKind : byte
{
    /// <summary>None was sent.</summary>
    Empty,
    Browser,

    /// <summary>A crawler, preview fetcher or other bot that says so.</summary>
    DeclaredCrawler,

    /// <summary>A browser run by a program, or a program that copies sites, under its own name.</summary>
    Automation,

    /// <summary>Uptime monitors, health checks and metrics collectors.</summary>
    Monitor,

    /// <summary>HTTP libraries and command-line tools: curl, python-requests, Go, okhttp.</summary>
    HttpLibrary,

    /// <summary>Scanners and attack tools under their own name.</summary>
    AttackTool,
    FeedReader,
    Other,
}

/// <summary>The answer of <see cref="UserAgents.Classify"/>.</summary>
/// <param name="Kind">What it claims to be.</param>
/// <param name="Family">Index for <see cref="UserAgents.Name"/>; the same for every version of one product.</param>
public readonly record struct UserAgentClass(UserAgentKind Kind, ushort Family);

/// <summary>Sorts user agents into kinds and families by the words they contain, case ignored.</summary>
/// <remarks>
/// One pass over the text with an automaton over all known words (A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 1975, https://doi.org/10.1145/360825.360855), so cost does not grow
/// with the number of words. Of the words found the one listed first in <see cref="UserAgentWords"/> decides: attack tools before crawlers before browsers, names
/// before general words such as <c>bot</c>. Only the first <see cref="MaxLength"/> bytes are looked at.
/// </remarks>
public static class UserAgents
{
    /// <summary>Bytes of a user agent that are looked at.</summary>
    public const int MaxLength = 512;

    private static readonly WordMatcher Matcher = new([.. UserAgentWords.All.Select(entry => entry.Word)]);

    /// <summary>Classifies a user agent. Allocates nothing; thread-safe.</summary>
    public static UserAgentClass Classify(ReadOnlySpan<byte> userAgent)
    {
        if (userAgent is [] or [(byte)'-']) return new UserAgentClass(UserAgentKind.Empty, 0);
        if (userAgent.Length > MaxLength) userAgent = userAgent[..MaxLength];
        int word = Matcher.FindFirstListed(userAgent);
        if (word < 0 || (UserAgentWords.All[word].Kind == UserAgentKind.HttpLibrary && IsNamedFirst(userAgent))) return new UserAgentClass(UserAgentKind.Other, 0);
        return new UserAgentClass(UserAgentWords.All[word].Kind, (ushort)(word + 1));
    }

    /// <summary>True if the first product is no library: products are listed by their significance (RFC 9110, section 10.1.5), so the library behind it is what the program is made of. All browsers begin as Mozilla, and so does who imitates one.</summary>
    private static bool IsNamedFirst(ReadOnlySpan<byte> userAgent)
    {
        int end = userAgent.IndexOfAny(" /("u8);
        ReadOnlySpan<byte> product = end < 0 ? userAgent : userAgent[..end];
        return end > 0 && Matcher.FindFirstListed(product) < 0 && !Ascii.EqualsIgnoreCase(product, "mozilla"u8);
    }

    /// <summary>Short name of a family for display, empty for the family 0.</summary>
    public static string Name(ushort family) => family == 0 || family > UserAgentWords.All.Length ? "" : UserAgentWords.All[family - 1].Name;
}
