namespace Vedette.Storage;

/// <summary>Where things are kept, and for how long.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// <c>sqlite:FOLDER</c> for files in a folder, <c>postgresql://user:password@host:port/database?sslmode=require</c>, or <c>https://user:password@host:9200/prefix</c> for Elasticsearch 8 or
    /// OpenSearch. Default <c>sqlite:./data</c>.
    /// </summary>
    public string Url { get; init; } = "sqlite:./data";

    /// <summary>API key for Elasticsearch, as its API gives it out (encoded); in place of user and password. Default none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Events and results older than this are deleted, by whole days. Default 30 days.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The oldest days are deleted while all events take more bytes than this. Default 0: no bound.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Longest a statement may take in PostgreSQL, or a request to Elasticsearch. Default 30 seconds.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folder of an embedded store; null where a database keeps everything.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Folder => StoreUrl.TrySqliteFolder(Url, out string folder) ? folder : null;

    /// <summary>The part of the settings that says how long events are kept.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Events.RetentionPolicy Retention => new(MaxAge, MaxBytes);

    /// <summary>The URL of an embedded store in a folder.</summary>
    public static string UrlOf(string folder) => StoreUrl.Sqlite + folder;

    /// <summary>What is wrong with the settings, by path.</summary>
    public IEnumerable<string> Problems()
    {
        if (StoreUrl.Problem(Url) is { } problem) yield return $"Storage:Url {problem}";
        if (ApiKey.AsSpan().ContainsAnyExceptInRange('!', '~')) yield return "Storage:ApiKey has characters that no header can carry.";
        if (MaxAge < TimeSpan.FromDays(1)) yield return $"Storage:MaxAge is {MaxAge}; it must be at least one day (1.00:00:00).";
        if (MaxBytes < 0) yield return $"Storage:MaxBytes is {MaxBytes}; it must be 0 for no bound, or positive.";
        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromHours(1)) yield return $"Storage:CommandTimeout is {CommandTimeout}; it must be between one second and one hour.";
    }
}
