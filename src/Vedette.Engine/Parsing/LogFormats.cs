using System.Diagnostics.CodeAnalysis;

namespace Vedette.Engine.Parsing;

/// <summary>The log formats known by name.</summary>
public static class LogFormats
{
    /// <summary>Apache and nginx defaults, the most telling first.</summary>
    internal static readonly ILogFormat[] CommonFamily =
    [
        new CommonLogFormat("combined_vhost", "combined, with the virtual host in front (Debian's vhost_combined)", hasHost: true, isCombined: true),
        new CommonLogFormat("combined", "Apache and nginx default: common, referer and user agent; further fields are guessed", hasHost: false, isCombined: true),
        new CommonLogFormat("common_vhost", "common, with the virtual host in front", hasHost: true, isCombined: false),
        new CommonLogFormat("common", "NCSA Common Log Format", hasHost: false, isCombined: false),
    ];

    /// <summary>Every format, the most specific first: where several read the same lines equally well, the first one listed is meant.</summary>
    public static IReadOnlyList<ILogFormat> All { get; } =
    [
        new JsonFormat(),
        .. CommonFamily,
    ];

    /// <summary>What is tried on a line that the formats detected for its source cannot read: a log may change its format at any line.</summary>
    internal static IReadOnlyList<ILogFormat> Fallbacks { get; } = [.. CommonFamily, All[0]];

    /// <summary>The format of that name, case ignored, or null.</summary>
    public static ILogFormat? Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(Canonical(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>The format a user means by a name.</summary>
    /// <param name="text">A name.</param>
    /// <param name="format">The format, if there is one.</param>
    /// <param name="problem">Otherwise a sentence that says what is wrong.</param>
    public static bool TryResolve(string text, [NotNullWhen(true)] out ILogFormat? format, [NotNullWhen(false)] out string? problem)
    {
        format = Find(text);
        problem = format == null ? $"There is no log format '{text}'." : null;
        return format != null;
    }

    private static string Canonical(string name) => name.ToLowerInvariant() switch
    {
        "vhost_combined" or "combined_complete" => "combined_vhost",
        "vhost" or "vhost_common" => "common_vhost",
        "ncsa" or "clf" => "common",
        "apache" or "nginx" => "combined",
        var same => same,
    };
}
