using System.Globalization;
using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Engine.Pipeline;

/// <summary>Networks about whose addresses nothing is raised.</summary>
internal sealed class AllowList
{
    private readonly (NetworkAddress Network, int Bits)[] _networks;

    public AllowList(IReadOnlyList<string> networks) => _networks = [.. networks.Select(static text => TryParse(text, out var network) ? network : throw new ArgumentException(Problem(text)))];

    public bool Contains(NetworkAddress address)
    {
        foreach ((NetworkAddress network, int bits) in _networks)
            if (address.IsIn(network, bits)) return true;
        return false;
    }

    public static IEnumerable<string> Problems(IReadOnlyList<string> networks) => networks.Where(static text => !TryParse(text, out _)).Select(Problem);

    private static string Problem(string text) => $"Allow: '{text}' is no address or network such as 10.0.0.0/8 or 2001:db8::/32.";

    private static bool TryParse(string text, out (NetworkAddress Network, int Bits) network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        if (!NetworkAddress.TryParse(Encoding.UTF8.GetBytes(address), out NetworkAddress parsed)) return false;
        int width = parsed.IsIPv4 ? 32 : 128;
        int bits = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > width)) return false;
        network = (parsed, bits + 128 - width);
        return true;
    }
}
