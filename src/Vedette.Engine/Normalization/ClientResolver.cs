using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>Finds the client behind trusted proxies: walks X-Forwarded-For from the right, past every hop that is a proxy of ours.</summary>
/// <remarks>
/// The rightmost address that is no proxy of ours is the client: everything left of it was sent by the client and proves nothing. Where the list has something
/// that is no address, the last good hop stands. Immutable and thread-safe; allocates nothing.
/// </remarks>
public sealed class ClientResolver
{
    // A longer list is an attack on whoever reads it; real chains have a handful of hops.
    private const int MaxHops = 32;

    private readonly NetworkRange[] _trusted;

    /// <exception cref="ArgumentException">A network cannot be read; the message lists all of them.</exception>
    public ClientResolver(ProxyOptions options)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0) throw new ArgumentException(string.Join(" ", problems), nameof(options));
        var trusted = new List<NetworkRange>();
        foreach (string network in options.TrustedNetworks)
            if (NetworkRange.TryParse(network, out var range)) trusted.Add(range);
        if (options.TrustPrivatePeers) trusted.AddRange(NetworkRange.Private);
        _trusted = [.. trusted];
    }

    /// <summary>Replaces the client of every event of the batch by the one its trusted proxies vouch for.</summary>
    public void Resolve(EventBatch batch)
    {
        foreach (ref HttpEvent e in batch.Events)
        {
            if (e.ForwardedFor.IsEmpty || !e.ClientName.IsEmpty) continue;
            e.Client = Resolve(e.Client, batch[e.ForwardedFor]);
        }
    }

    /// <summary>The client behind <paramref name="peer"/>.</summary>
    /// <param name="peer">Who connected.</param>
    /// <param name="forwardedFor">Value of X-Forwarded-For: addresses separated by commas, the client's first.</param>
    public NetworkAddress Resolve(NetworkAddress peer, ReadOnlySpan<byte> forwardedFor)
    {
        NetworkAddress client = peer;
        for (int hop = 0; hop < MaxHops && !forwardedFor.IsEmpty && (client.IsUnknown || IsTrusted(client)); hop++)
        {
            int comma = forwardedFor.LastIndexOf((byte)',');
            ReadOnlySpan<byte> text = forwardedFor[(comma + 1)..].Trim((byte)' ');
            if (!NetworkAddress.TryParse(text, out var address)) break;
            client = address;
            forwardedFor = comma < 0 ? default : forwardedFor[..comma];
        }
        return client;
    }

    /// <summary>True if this is a proxy of ours.</summary>
    public bool IsTrusted(NetworkAddress address)
    {
        foreach (NetworkRange range in _trusted)
            if (range.Contains(address)) return true;
        return false;
    }
}
