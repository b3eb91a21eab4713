namespace Vedette.Lab.Output;

/// <summary>How events are written as lines.</summary>
public enum LogFormat
{
    /// <summary>Apache common: address, user, time, request, status, size.</summary>
    Common,

    /// <summary>Apache combined: common with referer and user agent.</summary>
    Combined,

    /// <summary>Combined behind the virtual host: <c>shop.example.com:443</c> first.</summary>
    Vhost,

    /// <summary>nginx combined with the request time in seconds at the end, escaped as nginx does.</summary>
    Nginx,

    /// <summary>One JSON object a line, with every field.</summary>
    Json,
}

/// <summary>Names of <see cref="LogFormat"/>.</summary>
public static class LogFormats
{
    /// <summary>The names, as options take them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<LogFormat>().Select(n => n.ToLowerInvariant())];

    public static bool TryParse(string name, out LogFormat format)
    {
        int index = Names.ToList().IndexOf(name);
        format = (LogFormat)Math.Max(index, 0);
        return index >= 0;
    }
}
