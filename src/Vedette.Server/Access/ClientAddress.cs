using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Server.Access;

/// <summary>Whose request it is, behind proxies of ours; X-Forwarded-* from anybody else is ignored.</summary>
internal sealed class ClientAddress(ProxyOptions options)
{
    private readonly ClientResolver _resolver = new(options);

    public NetworkAddress Of(HttpContext context)
    {
        IPAddress peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        NetworkAddress address = NetworkAddress.From(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);
        string? forwarded = context.Request.Headers["X-Forwarded-For"];
        return forwarded is { Length: > 0 and < 4096 } ? _resolver.Resolve(address, Encoding.UTF8.GetBytes(forwarded)) : address;
    }

    /// <summary>True if the client spoke HTTPS, to us or to a proxy of ours.</summary>
    public bool IsSecure(HttpContext context)
    {
        if (context.Request.IsHttps) return true;
        IPAddress peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        NetworkAddress address = NetworkAddress.From(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);
        return _resolver.IsTrusted(address) && string.Equals(context.Request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase);
    }
}
