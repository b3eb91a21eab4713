using System.Threading.Channels;

namespace Vedette.AspNetCore.Recording;

/// <summary>Calls on their way from the requests to the sink: bounded, and full means that the newest are not recorded.</summary>
internal sealed class CallQueue(VedetteOptions options, VedetteMeter meter)
{
    private readonly Channel<RecordedCall> _calls = Channel.CreateBounded<RecordedCall>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<RecordedCall> Reader => _calls.Reader;

    public void TryWrite(RecordedCall call)
    {
        if (_calls.Writer.TryWrite(call)) meter.Recorded();
        else meter.Dropped(1);
    }

    /// <summary>No more calls will come.</summary>
    public void Complete() => _calls.Writer.TryComplete();
}
