using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>A network in CIDR notation; IPv4 networks are kept in their IPv4-mapped form.</summary>
/// <param name="Network">First address.</param>
/// <param name="Bits">Length of the prefix, 0 to 128; an IPv4 /8 is 104.</param>
public readonly record struct NetworkRange(NetworkAddress Network, int Bits)
{
    /// <summary>Loopback, private (RFC 1918), link-local and unique local (RFC 4193) networks.</summary>
    public static IReadOnlyList<NetworkRange> Private { get; } =
        [.. new[] { "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10" }.Select(Parse)];

    public bool Contains(NetworkAddress address) => address.IsIPv4 == Network.IsIPv4 && address.IsIn(Network, Bits);

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or one address.</summary>
    public static bool TryParse(string text, out NetworkRange range)
    {
        range = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        if (!NetworkAddress.TryParse(Encoding.UTF8.GetBytes(address.Trim()), out var network)) return false;
        int longest = network.IsIPv4 ? 32 : 128, bits = longest;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out bits) || bits > longest)) return false;
        range = new NetworkRange(network, network.IsIPv4 ? bits + 96 : bits);
        return true;
    }

    private static NetworkRange Parse(string text) => TryParse(text, out var range) ? range : throw new ArgumentException($"'{text}' is no network.", nameof(text));
}
