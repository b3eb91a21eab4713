using Npgsql;

namespace Vedette.Storage.PostgreSql;

/// <summary>Turns the usual URL of a database into the driver's settings.</summary>
internal static class PostgreSqlUrl
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["target_session_attrs"] = "Target Session Attributes",
        ["options"] = "Options",
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
    };

    /// <summary>What is wrong with the URL, without repeating it; null if nothing.</summary>
    public static string? Problem(string url)
    {
        try
        {
            Parse(url);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="ArgumentException">The URL is not understood; the message follows the setting's name and holds no secret.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)) throw new ArgumentException("is no URL; it must look like postgresql://user:password@host:5432/database. Special characters in the password must be percent-encoded.");
        var settings = new NpgsqlConnectionStringBuilder { ApplicationName = "vedette", Timeout = 10 };
        if (uri.Host.Length > 0) settings.Host = Uri.UnescapeDataString(uri.Host);
        if (uri.Port > 0) settings.Port = uri.Port;
        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2) settings.Password = Uri.UnescapeDataString(user[1]);
        settings.Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (settings.Database.Length == 0) throw new ArgumentException("names no database; it must look like postgresql://user:password@host:5432/database.");
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Set(settings, pair);
        if (string.IsNullOrEmpty(settings.Host)) throw new ArgumentException("names no host; it must look like postgresql://user:password@host:5432/database.");
        return settings;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string pair)
    {
        string[] parts = pair.Split('=', 2);
        string name = Uri.UnescapeDataString(parts[0]), value = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        if (!Names.TryGetValue(name, out string? setting)) throw new ArgumentException($"has the parameter {name}, which is not known; known are {string.Join(", ", Names.Keys.Order(StringComparer.Ordinal))}.");
        // libpq writes verify-full, the driver VerifyFull.
        if (setting == "SSL Mode") value = value.Replace("-", "", StringComparison.Ordinal);
        try
        {
            settings[setting] = value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException($"has an invalid value for the parameter {name}.", e);
        }
    }
}
