using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Server.Ask;

/// <summary>Tells whether an actor is the one, or in the network, that a question names.</summary>
internal readonly struct AddressFilter
{
    private readonly NetworkRange? _range;
    private readonly string? _user;

    public AddressFilter(Filter filter)
    {
        _range = filter["client_ip"] is { } text && NetworkRange.TryParse(text, out NetworkRange range) ? range : null;
        _user = filter["user"];
    }

    /// <summary>The one actor it can only be, for a store to look up; null if it is a network or anybody.</summary>
    public string? Exactly => _user ?? (_range is { Bits: 128 } one ? one.Network.ToString() : null);

    public bool Fits(string actor)
    {
        if (_user is not null) return actor == _user;
        return _range is not { } range || (NetworkAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(actor), out NetworkAddress address) && range.Contains(address));
    }
}
