using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Cli.Traffic;

/// <summary>Counts texts (paths, user agents, addresses) in bounded memory, so that the frequent ones are found however many different ones there are.</summary>
/// <remarks>
/// Exact while at most <see cref="Capacity"/> different texts came. When full, those counted least are forgotten, half of them; a text that
/// is frequent throughout is never among them, but one that comes back may have lost its first requests.
/// </remarks>
internal sealed class TopTable(int capacity = TopTable.Capacity)
{
    public const int Capacity = 32_768;

    /// <summary>Longest text kept, in bytes; what follows is cut off.</summary>
    public const int MaxText = 300;

    private readonly Dictionary<ulong, Counted> _rows = [];

    /// <summary>True once some were forgotten.</summary>
    public bool IsApproximate { get; private set; }

    public int Count => _rows.Count;

    /// <summary>Counts one request.</summary>
    /// <param name="text">The thing counted, UTF-8.</param>
    /// <param name="request">What else is summed up.</param>
    public void Add(ReadOnlySpan<byte> text, in HttpEvent request)
    {
        ulong key = Fingerprint.Of(text);
        Counted row = Find(key) ?? Open(key, Encoding.UTF8.GetString(text.Length > MaxText ? text[..MaxText] : text));
        row.Add(request);
    }

    /// <summary>What is counted under a key; null if nothing is yet.</summary>
    public Counted? Find(ulong key) => _rows.GetValueOrDefault(key);

    /// <summary>Begins to count under a key; room is made if there is none.</summary>
    public Counted Open(ulong key, string text)
    {
        if (_rows.Count >= capacity) Forget();
        var row = new Counted(text);
        _rows.Add(key, row);
        return row;
    }

    /// <summary>The most frequent, most requests first; ties by text.</summary>
    public IReadOnlyList<Counted> Top(int most) =>
        [.. _rows.Values.OrderByDescending(static row => row.Requests).ThenBy(static row => row.Text, StringComparer.Ordinal).Take(most)];

    /// <summary>All that is held, in no order.</summary>
    public IEnumerable<Counted> All => _rows.Values;

    private void Forget()
    {
        IsApproximate = true;
        long[] counts = [.. _rows.Values.Select(static row => row.Requests)];
        Array.Sort(counts);
        long median = counts[counts.Length / 2];
        int excess = _rows.Count - capacity / 2;
        foreach ((ulong key, Counted row) in _rows.OrderBy(static entry => entry.Key).ToArray())
            if (excess > 0 && row.Requests <= median && _rows.Remove(key)) excess--;
    }
}

/// <summary>A text and what was counted of it.</summary>
internal sealed class Counted(string text)
{
    private long _timed;
    private long _micros;

    public string Text { get; } = text;

    public long Requests { get; private set; }

    /// <summary>Requests answered with 400 or above.</summary>
    public long Errors { get; private set; }

    /// <summary>Bytes sent in answers, as far as the log tells.</summary>
    public long Bytes { get; private set; }

    /// <summary>Mean time the server took, in milliseconds; null where the log tells none.</summary>
    public double? MeanMs => _timed == 0 ? null : _micros / 1000.0 / _timed;

    public void Add(in HttpEvent request)
    {
        Requests++;
        if (request.Status >= 400) Errors++;
        if (request.ResponseBytes > 0) Bytes += request.ResponseBytes;
        if (request.ServerMicros < 0) return;
        _timed++;
        _micros += request.ServerMicros;
    }
}
