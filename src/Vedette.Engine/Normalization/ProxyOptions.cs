namespace Vedette.Engine.Normalization;

/// <summary>Whose word about the client's address is taken.</summary>
public sealed record ProxyOptions
{
    /// <summary>
    /// Networks in CIDR notation whose hosts are proxies of ours. Default: none, because anybody can send an X-Forwarded-For header, and believing it lets an
    /// attacker appear as somebody else at every request.
    /// </summary>
    public IReadOnlyList<string> TrustedNetworks { get; init; } = [];

    /// <summary>
    /// Whether a peer with a loopback, private or link-local address counts as a proxy of ours. Default true: such a peer is never a client on the internet, and without
    /// this a server behind a local proxy would see one single client. Set it to false where clients in the private network are to be told apart.
    /// </summary>
    public bool TrustPrivatePeers { get; init; } = true;

    internal IEnumerable<string> Problems()
    {
        foreach (string network in TrustedNetworks)
            if (!NetworkRange.TryParse(network, out _)) yield return $"Proxies:TrustedNetworks has '{network}'; write a network as 10.0.0.0/8 or 2001:db8::/32.";
    }
}
