using System.Text;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;

namespace Vedette.Engine.Learning;

/// <summary>The fingerprints by which windows name their callers; for those who know from elsewhere who did what, and label windows.</summary>
public static class CallerKey
{
    /// <summary>Of an address; all of an IPv6 /64 share one.</summary>
    public static ulong OfAddress(NetworkAddress address) => CallerState.KeyOf(address);

    /// <summary>Of a user name.</summary>
    public static ulong OfUser(string user) => OfPrincipal(Encoding.UTF8.GetBytes(user), CallerKind.User);

    /// <summary>Of an API key.</summary>
    public static ulong OfApiKey(string key) => OfPrincipal(Encoding.UTF8.GetBytes(key), CallerKind.ApiKey);

    /// <summary>Of a session.</summary>
    public static ulong OfSession(string session) => OfPrincipal(Encoding.UTF8.GetBytes(session), CallerKind.Session);

    internal static ulong OfPrincipal(ReadOnlySpan<byte> text, CallerKind kind) => Fingerprint.Of(text, 10 + (ulong)kind) | 1;
}
