using Vedette.Engine;
using Vedette.Engine.Events;

namespace Vedette.Storage.Events;

/// <summary>Analysed events to be written.</summary>
/// <param name="Events">The events and their text; the store only reads them, during the call.</param>
/// <param name="Outcomes">What the engine made of each, in the same order.</param>
/// <param name="SourceNames">Name of each source an event refers to by index.</param>
/// <param name="Receipts">Idempotency keys of the requests that brought them.</param>
public sealed record EventAppend(EventBatch Events, ReadOnlyMemory<EventOutcome> Outcomes, IReadOnlyList<string> SourceNames, IReadOnlyList<Receipt> Receipts);

/// <summary>What a request with an idempotency key was answered, so that its repetition is answered the same and changes nothing.</summary>
/// <param name="Key">The key the client chose, at most 200 characters, with the id of its API key in front.</param>
/// <param name="Accepted">Events taken.</param>
/// <param name="Answer">The JSON that was sent.</param>
/// <param name="Time">When; receipts are kept for a day.</param>
public sealed record Receipt(string Key, int Accepted, string Answer, DateTimeOffset Time)
{
    /// <summary>How long a receipt is known.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
}
