using Vedette.Engine.Events;

namespace Vedette.Engine.Sources;

/// <summary>Where lines come from, batch by batch, in order.</summary>
/// <remarks>Called by one thread at a time. A source throws on what it cannot read at all (a missing file); damage it can step over becomes a warning.</remarks>
public interface IBatchSource : IDisposable
{
    /// <summary>Names of the inputs, by <see cref="HttpEvent.Source"/>.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What went wrong without ending the reading, one sentence each.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Empties the batch and fills it with the next lines of one input; waits until there is at least one.</summary>
    /// <returns>False at the end, with nothing in the batch.</returns>
    /// <exception cref="OperationCanceledException">Waiting was cancelled.</exception>
    bool Read(EventBatch batch, CancellationToken cancellationToken = default);
}
