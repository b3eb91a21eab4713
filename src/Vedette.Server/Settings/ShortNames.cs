namespace Vedette.Server.Settings;

/// <summary>Environment variables that container platforms and older systems set, and the settings they stand for.</summary>
internal static class ShortNames
{
    public static IReadOnlyDictionary<string, string> Paths { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PORT"] = "Server:Port",
        ["HOST"] = "Server:Host",
        ["AUTH_TOKEN"] = "Access:Token",
        ["DATABASE_URL"] = "Storage:Url",
        ["LOG_LEVEL"] = "Logging:Level",
        ["LOG_FILE"] = "Logging:File",
        ["WORKERS"] = "Tracking:Workers",
    };
}
