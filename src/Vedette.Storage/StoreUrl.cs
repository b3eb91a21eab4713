namespace Vedette.Storage;

/// <summary>Reads <see cref="StorageOptions.Url"/>.</summary>
internal static class StoreUrl
{
    public const string Sqlite = "sqlite:";

    /// <summary>The folder of a SQLite store; false if the URL names another kind. Slashes after the colon may be one, two or three, as people write them.</summary>
    public static bool TrySqliteFolder(string url, out string folder)
    {
        folder = "";
        if (!url.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase)) return false;
        folder = url[Sqlite.Length..];
        if (folder.StartsWith("///", StringComparison.Ordinal)) folder = folder[2..];
        else if (folder.StartsWith("//", StringComparison.Ordinal)) folder = folder[2..];
        if (folder.Length == 0) folder = "./data";
        return true;
    }

    public static bool IsPostgreSql(string url) => url.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a URL, to follow the setting's name; null if nothing. Never repeats the URL: it holds a password.</summary>
    public static string? Problem(string url)
    {
        if (TrySqliteFolder(url, out _)) return null;
        if (Elasticsearch.ElasticsearchUrl.Is(url)) return Elasticsearch.ElasticsearchUrl.Problem(url);
        if (!IsPostgreSql(url)) return "must begin with sqlite:, postgresql:// or, for Elasticsearch, https://; for example sqlite:./data.";
        return PostgreSql.PostgreSqlUrl.Problem(url);
    }
}
