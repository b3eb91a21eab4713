using Vedette.Storage.Control;
using Vedette.Storage.Events;
using Vedette.Storage.Results;

namespace Vedette.Storage;

/// <summary>Everything a server keeps, by subject.</summary>
/// <param name="Events">The events themselves and their roll-ups.</param>
/// <param name="Results">What was found in them.</param>
/// <param name="Control">Keys, settings, decisions and other records of few rows.</param>
public sealed record Store(IEventStore Events, IResultStore Results, IControlStore Control) : IAsyncDisposable
{
    /// <summary>Opens the parts in turn. What is open already stays as it is, so that it can be tried again.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or holds data of a newer version.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await Events.OpenAsync(cancellationToken);
        await Results.OpenAsync(cancellationToken);
        await Control.OpenAsync(cancellationToken);
    }

    /// <summary>Closes the parts in turn; each finishes what it was writing.</summary>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Results.DisposeAsync();
        await Control.DisposeAsync();
    }
}
