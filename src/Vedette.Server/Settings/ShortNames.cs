namespace Vedette.Server.Settings;

/// <summary>Environment variables that container platforms and older systems set, and the settings they stand for.</summary>
internal static class ShortNames
{
    public static IReadOnlyDictionary<string, string> Paths { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PORT"] = "Server:Port",
        ["HOST"] = "Server:Host",
        ["AUTH_TOKEN"] = "Access:Token",
        ["ELASTICSEARCH_URL"] = "Storage:Url",
        ["DATABASE_URL"] = "Storage:Url",
        ["LOG_LEVEL"] = "Logging:Level",
        ["LOG_FILE"] = "Logging:File",
        ["MODEL_DIR"] = "Models:Directory",
        ["MODEL_PATH"] = "Models:Path",
        ["SCALER_PATH"] = "Models:ScalerPath",
        ["WARMUP_LOGS"] = "Learning:WarmupEvents",
        ["WORKERS"] = "Tracking:Workers",
    };
}
