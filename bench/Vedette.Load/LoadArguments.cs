using System.Globalization;

namespace Vedette.Load;

/// <summary>What to send, where, how hard, how long.</summary>
internal sealed record LoadArguments
{
    public required LoadKind Kind { get; init; }

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8080;

    public string Key { get; init; } = "";

    public int Connections { get; init; } = 4;

    public double Seconds { get; init; } = 10;

    /// <summary>Events of one request.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Reads <c>KIND --port 8080 --key KEY --connections 4 --seconds 10 --batch 1000</c>; null if they are wrong.</summary>
    public static LoadArguments? Read(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 0 || !Enum.TryParse(args[0], ignoreCase: true, out LoadKind kind)) return null;
        var read = new LoadArguments { Kind = kind };
        for (int i = 1; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--host": read = read with { Host = value }; break;
                case "--port": read = read with { Port = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                case "--key": read = read with { Key = value }; break;
                case "--connections": read = read with { Connections = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                case "--seconds": read = read with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) }; break;
                case "--batch": read = read with { Batch = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                default: return null;
            }
        }
        return read;
    }
}

/// <summary>What is sent.</summary>
internal enum LoadKind
{
    /// <summary>POST /detect with one log line, one in twenty an attack.</summary>
    Detect,

    /// <summary>POST /logs with events as NDJSON.</summary>
    Logs,

    /// <summary>GET /health.</summary>
    Health,
}
