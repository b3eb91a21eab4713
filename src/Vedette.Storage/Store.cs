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
    /// <summary>Closes the parts in turn; each finishes what it was writing.</summary>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await Results.DisposeAsync();
        await Control.DisposeAsync();
    }
}
