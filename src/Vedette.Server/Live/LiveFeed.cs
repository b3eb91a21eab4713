using System.Collections.Concurrent;

namespace Vedette.Server.Live;

/// <summary>Tells connected readers what happens. Incidents reach every reader, late if it is slow; of statistics a reader gets the latest only. Thread-safe.</summary>
public sealed class LiveFeed
{
    private readonly ConcurrentDictionary<LiveReader, byte> _readers = new();
    private readonly int _maxReaders;
    private readonly LiveLog _log;
    private long _dropped;
    private int _count;

    internal LiveFeed(int maxReaders, TimeProvider time)
    {
        _maxReaders = maxReaders;
        // Thousandths of a millisecond: no run sends so many messages that a later one could begin below its last number.
        _log = new LiveLog(time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
    }

    /// <summary>Readers connected.</summary>
    public int Readers => Volatile.Read(ref _count);

    /// <summary>Messages that slow readers did not get, because a newer one had taken their place.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Number of the last message.</summary>
    internal long Sequence => _log.Sequence;

    /// <summary>A new or changed incident.</summary>
    public void PublishIncident(string id, ReadOnlySpan<byte> json)
    {
        _log.Add("incident", id, json);
        Wake();
    }

    /// <summary>An anomaly or a change of phase.</summary>
    public void Publish(string type, ReadOnlySpan<byte> json)
    {
        _log.Add(type, null, json);
        Wake();
    }

    /// <summary>The figures of this second.</summary>
    public void PublishStats(ReadOnlySpan<byte> json)
    {
        if (_readers.IsEmpty) return;
        byte[] data = json.ToArray();
        var message = new LiveMessage("stats", Sequence, LiveMessage.Format("stats", data, Sequence), data);
        foreach (LiveReader reader in _readers.Keys)
            if (!reader.OfferStats(message)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>A reader that gets what comes after <paramref name="since"/>, or from now on; null if there are too many.</summary>
    internal LiveReader? Connect(long? since)
    {
        if (Interlocked.Increment(ref _count) > _maxReaders)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }
        var reader = new LiveReader(_log, since ?? _log.Sequence);
        _readers[reader] = 0;
        return reader;
    }

    internal void Disconnect(LiveReader reader)
    {
        if (_readers.TryRemove(reader, out _)) Interlocked.Decrement(ref _count);
    }

    private void Wake()
    {
        foreach (LiveReader reader in _readers.Keys) reader.Wake();
    }
}
