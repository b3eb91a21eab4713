using System.Threading.Channels;

namespace Vedette.Server.Live;

/// <summary>Where one connected reader stands. It holds no messages but one of statistics, so a slow reader costs nothing.</summary>
internal sealed class LiveReader(LiveLog log, long since)
{
    private const int BatchSize = 100;

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _sequence = since;
    private LiveMessage? _stats;

    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Goes back to get what was missed, or forward.</summary>
    public void Seek(long sequence)
    {
        Interlocked.Exchange(ref _sequence, sequence);
        Wake();
    }

    /// <summary>False if the figures before had not been fetched yet; they are lost.</summary>
    public bool OfferStats(LiveMessage stats)
    {
        bool isFree = Interlocked.Exchange(ref _stats, stats) is null;
        Wake();
        return isFree;
    }

    /// <summary>Waits for messages and returns them in order.</summary>
    public async ValueTask<IReadOnlyList<LiveMessage>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long from = Interlocked.Read(ref _sequence);
            IReadOnlyList<LiveMessage> messages = log.After(from, BatchSize);
            LiveMessage? stats = Interlocked.Exchange(ref _stats, null);
            // Someone who seeks meanwhile is not overruled: then the messages come again from there.
            if (messages.Count > 0) Interlocked.CompareExchange(ref _sequence, messages[^1].Sequence, from);
            if (messages.Count == BatchSize) Wake();
            if (messages.Count > 0 || stats is not null) return stats is null ? messages : [.. messages, stats];
            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }
}
