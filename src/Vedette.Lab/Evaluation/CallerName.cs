using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>One spelling for a caller, however a label or an incident names it.</summary>
internal static class CallerName
{
    /// <summary>The address as the engine judges it (IPv6 by its /64), or the name of a user, session or key as it is.</summary>
    public static string Normalize(string name) => TryAddress(name, out NetworkAddress address) ? address.ToString() : name;

    /// <summary>Reads an address, or a prefix such as <c>2001:db8::/64</c>, as a caller.</summary>
    public static bool TryAddress(string name, out NetworkAddress caller)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> text = slash < 0 ? name : name.AsSpan(0, slash);
        caller = default;
        if (text.Length > NetworkAddress.MaxTextLength) return false;
        Span<byte> bytes = stackalloc byte[NetworkAddress.MaxTextLength * 3];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        if (!NetworkAddress.TryParse(bytes[..length], out NetworkAddress address)) return false;
        caller = address.CallerKey;
        return true;
    }
}
