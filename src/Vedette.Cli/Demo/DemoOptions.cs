namespace Vedette.Cli.Demo;

/// <summary>What the demo is asked to do.</summary>
internal sealed record DemoOptions
{
    public bool OpensBrowser { get; init; }

    /// <summary>Folder to keep; null for a temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>Null for that of the environment, or the default.</summary>
    public int? Port { get; init; }

    public double Hours { get; init; }

    public ulong Seed { get; init; }
}
