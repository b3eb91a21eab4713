namespace Vedette.Storage.Elasticsearch;

/// <summary>Reads <c>https://user:password@host:9200/prefix</c>: an Elasticsearch or OpenSearch cluster, and what the names of our indices begin with.</summary>
internal static class ElasticsearchUrl
{
    private const string DefaultPrefix = "vedette";

    public static bool Is(string url) => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong, to follow the setting's name; null if nothing. Never repeats the URL: it holds a password.</summary>
    public static string? Problem(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Host.Length == 0) return "is no address; write https://user:password@host:9200.";
        if (parsed.Query.Length > 0 || parsed.Fragment.Length > 0) return "has a query or fragment; write https://user:password@host:9200.";
        string prefix = PrefixOf(parsed);
        return prefix.Length <= 50 && prefix.All(static c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-') && prefix[0] is not '-' ? null
            : "has a path that cannot begin the names of indices; write small letters, digits and '-', for example https://host:9200/vedette.";
    }

    /// <summary>The address alone, without user, password and prefix.</summary>
    public static Uri BaseOf(Uri url) => new UriBuilder(url.Scheme, url.Host, url.Port).Uri;

    public static string PrefixOf(Uri url) => url.AbsolutePath.Trim('/') is { Length: > 0 } path ? path : DefaultPrefix;

    /// <summary>User and password, decoded; null if there are none.</summary>
    public static string? UserInfoOf(Uri url) => url.UserInfo is { Length: > 0 } info ? Uri.UnescapeDataString(info) : null;
}
