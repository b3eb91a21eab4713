using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Pipeline;

/// <summary>Networks about whose addresses nothing is raised.</summary>
internal sealed class AllowList
{
    private readonly NetworkRange[] _networks;

    /// <exception cref="ArgumentException">A network cannot be read.</exception>
    public AllowList(IReadOnlyList<string> networks) =>
        _networks = [.. networks.Select(static text => NetworkRange.TryParse(text, out var network) ? network : throw new ArgumentException(Problem(text)))];

    public bool IsEmpty => _networks.Length == 0;

    public bool Contains(NetworkAddress address)
    {
        foreach (NetworkRange network in _networks)
            if (network.Contains(address)) return true;
        return false;
    }

    public static IEnumerable<string> Problems(IReadOnlyList<string> networks) => networks.Where(static text => !NetworkRange.TryParse(text, out _)).Select(Problem);

    private static string Problem(string text) => $"Allow: '{text}' is no address or network such as 10.0.0.0/8 or 2001:db8::/32.";
}
