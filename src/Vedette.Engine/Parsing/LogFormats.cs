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

    private static readonly ILogFormat Json = new JsonFormat();

    /// <summary>Every format, the most specific first: where several read the same lines equally well, the first one listed is meant.</summary>
    public static IReadOnlyList<ILogFormat> All { get; } =
    [
        Json,
        Pattern("aws_alb", "AWS Application Load Balancer", "$type $time $elb $remote_addr $target $_ $request_time $_ $status $_ $request_length $bytes_sent \"$request_with_url\" \"$http_user_agent\"$? $_"),
        Pattern("aws_elb", "AWS Classic Load Balancer", "$time $elb $remote_addr $backend $_ $request_time $_ $status $_ $request_length $bytes_sent \"$request_with_url\"$? \"$http_user_agent\" $_"),
        Pattern("aws_s3", "AWS S3 server access log", "$owner $host [$time] $remote_addr $remote_user $_ $_ $_ \"$request\" $status $_ $bytes_sent $_ $duration_ms $_ \"$http_referer\" \"$http_user_agent\"$? $_"),
        Pattern("traefik", "Traefik's common format", "$remote_addr $_ $remote_user [$time] \"$request\" $status $bytes_sent \"$http_referer\" \"$http_user_agent\" $_ \"$_\" \"$_\" ${duration_ms}ms"),
        Pattern("envoy", "Envoy's default text format", "[$time] \"$request\" $status $_ $request_length $bytes_sent $duration_ms $_ \"$http_x_forwarded_for\" \"$http_user_agent\" \"$_\" \"$host\"$? \"$_\""),
        Pattern("envoy_istio", "Istio's text format of Envoy", "[$time] \"$request\" $status $_ $_ $_ \"$_\" $request_length $bytes_sent $duration_ms $_ \"$http_x_forwarded_for\" \"$http_user_agent\" \"$_\" \"$host\"$? \"$_\""),
        new HaproxyFormat(),
        new W3CFormat(),
        new SyslogFormat([.. CommonFamily, Json]),
        Pattern("gandi", "Gandi simple hosting", "$host $remote_addr $_ $remote_user [$time] ($request_time s) \"$request\" $status $bytes_sent \"$http_referer\" \"$http_user_agent\""),
        Pattern("squid", "Squid native", "$time $duration_ms $remote_addr $_/$status $bytes_sent $request_method $url $remote_user $_/$_$? $_"),
        .. CommonFamily,
    ];

    /// <summary>What is tried on a line that the formats detected for its source cannot read: a log may change its format at any line.</summary>
    public static IReadOnlyList<ILogFormat> Fallbacks { get; } = [.. CommonFamily, Json];

    /// <summary>The format of that name, case ignored, or null.</summary>
    public static ILogFormat? Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(Canonical(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>The format a user means: a name, or an Apache LogFormat or nginx log_format string.</summary>
    /// <param name="text">A name or a format string; one with <c>%</c> is Apache's, one with <c>$</c> nginx's.</param>
    /// <param name="format">The format, if there is one.</param>
    /// <param name="problem">Otherwise a sentence that says what is wrong.</param>
    public static bool TryResolve(string text, [NotNullWhen(true)] out ILogFormat? format, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        format = Find(text);
        if (format != null) return true;
        string pattern = FormatString(text);
        if (pattern.Contains('%', StringComparison.Ordinal)) format = ApacheLogFormat.TryCompile(pattern, "custom", "the given LogFormat", out problem);
        else if (pattern.Contains('$', StringComparison.Ordinal)) format = NginxLogFormat.TryCompile(pattern, "custom", "the given log_format", out problem);
        if (format != null) return true;
        problem ??= $"There is no log format '{text}'.";
        return false;
    }

    /// <summary>Takes a format string out of a whole configuration line: <c>LogFormat "…" name</c>, <c>log_format name '…' '…';</c>.</summary>
    private static string FormatString(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith("LogFormat ", StringComparison.OrdinalIgnoreCase))
        {
            int open = trimmed.IndexOf('"', StringComparison.Ordinal), close = trimmed.LastIndexOf('"');
            return close > open ? trimmed[(open + 1)..close] : trimmed;
        }
        if (!trimmed.StartsWith("log_format ", StringComparison.Ordinal)) return text;
        return string.Concat(trimmed.Split('\'').Where((_, i) => i % 2 == 1));
    }

    private static LogPattern Pattern(string name, string description, string format) =>
        NginxLogFormat.TryCompile(format, name, description, out string? problem) ?? throw new ArgumentException($"{name}: {problem}", nameof(format));

    private static string Canonical(string name) => name.ToLowerInvariant() switch
    {
        "vhost_combined" or "combined_complete" => "combined_vhost",
        "vhost" or "vhost_common" => "common_vhost",
        "ncsa" or "clf" => "common",
        "apache" or "nginx" => "combined",
        "iis" or "cloudfront" or "netscaler" or "incapsula" => "w3c",
        "alb" => "aws_alb",
        "elb" => "aws_elb",
        "s3" => "aws_s3",
        "caddy" or "ecs" or "ndjson" or "jsonl" => "json",
        var same => same,
    };
}
