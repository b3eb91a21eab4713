using Vedette.AspNetCore.Recording;

namespace Vedette.AspNetCore.Delivery;

/// <summary>Where recorded calls are analysed: an engine in this process or a server. Called from one background task, one batch after the other.</summary>
internal interface ICallSink
{
    /// <summary>Delivers a batch, oldest call first. Throw if it did not arrive: the forwarder tries the same batch again.</summary>
    ValueTask DeliverAsync(IReadOnlyList<RecordedCall> calls, CancellationToken cancellationToken);
}
