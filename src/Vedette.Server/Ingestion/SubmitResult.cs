namespace Vedette.Server.Ingestion;

/// <summary>What became of events that were handed in.</summary>
public enum SubmitResult
{
    /// <summary>Analysed, and committed to the store.</summary>
    Stored,

    /// <summary>Too much waits already; try again in a moment.</summary>
    QueueFull,

    /// <summary>The store cannot write now; nothing of it was kept.</summary>
    StoreUnavailable,

    /// <summary>The analysis failed on these events; they were not kept.</summary>
    Failed,
}
