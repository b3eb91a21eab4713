namespace Vedette.Server.Ingestion;

/// <summary>Whether the store can write now. Thread-safe.</summary>
public sealed class StoreHealth
{
    private volatile string? _problem = "The store is being opened.";

    /// <summary>Null while it works; else why not.</summary>
    public string? Problem => _problem;

    public bool IsUp => _problem is null;

    internal void MarkUp() => _problem = null;

    internal void MarkDown(string problem) => _problem = problem;
}
