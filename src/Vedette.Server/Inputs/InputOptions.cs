using System.Net;
using Vedette.Engine.Parsing;

namespace Vedette.Server.Inputs;

/// <summary>Inputs beside HTTP: files that are followed, a syslog listener, ports of their own for OpenTelemetry.</summary>
public sealed record InputOptions
{
    /// <summary>Log files to follow, through rotation. Default none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Their format: <c>auto</c>, a name, or a LogFormat or log_format string. Default auto.</summary>
    public string FileFormat { get; init; } = "auto";

    /// <summary>Address the listeners below listen on. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>UDP port of the syslog listener; 0 (default) for none.</summary>
    public int SyslogUdpPort { get; init; }

    /// <summary>TCP port of the syslog listener; 0 (default) for none.</summary>
    public int SyslogTcpPort { get; init; }

    /// <summary>Format of what stands behind the syslog prefix, like <see cref="FileFormat"/>. Default auto.</summary>
    public string SyslogFormat { get; init; } = "auto";

    /// <summary>Port for OTLP over gRPC, by custom 4317; 0 (default) for none. Unencrypted HTTP/2.</summary>
    public int OtlpGrpcPort { get; init; }

    /// <summary>Port for OTLP over HTTP beside the main one, by custom 4318; 0 (default) for none.</summary>
    public int OtlpHttpPort { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Files.Count > 100) yield return $"Inputs:Files has {Files.Count} entries; at most 100 files are followed.";
        foreach (string file in Files)
            if (string.IsNullOrWhiteSpace(file)) yield return "Inputs:Files has an empty entry.";
        foreach ((string name, string format) in new[] { (nameof(FileFormat), FileFormat), (nameof(SyslogFormat), SyslogFormat) })
            if (format != "auto" && !LogFormats.TryResolve(format, out _, out string? problem)) yield return $"Inputs:{name} is '{format}': {problem}";
        if (!IPAddress.TryParse(Host, out _)) yield return $"Inputs:Host is '{Host}'; write an address of this machine, 0.0.0.0 for all.";
        foreach ((string name, int port) in new[] { (nameof(SyslogUdpPort), SyslogUdpPort), (nameof(SyslogTcpPort), SyslogTcpPort), (nameof(OtlpGrpcPort), OtlpGrpcPort), (nameof(OtlpHttpPort), OtlpHttpPort) })
            if (port is < 0 or > 65_535) yield return $"Inputs:{name} is {port}; it must be from 0 to 65535.";
    }
}
