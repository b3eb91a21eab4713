using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Storage.Events;

/// <summary>A network as its first and last address.</summary>
internal static class ClientRange
{
    public static (NetworkAddress First, NetworkAddress Last) Of(NetworkRange range)
    {
        ulong highMask = range.Bits >= 64 ? ulong.MaxValue : range.Bits == 0 ? 0 : ulong.MaxValue << (64 - range.Bits);
        ulong lowMask = range.Bits <= 64 ? 0 : range.Bits >= 128 ? ulong.MaxValue : ulong.MaxValue << (128 - range.Bits);
        return (new NetworkAddress(range.Network.High & highMask, range.Network.Low & lowMask), new NetworkAddress(range.Network.High | ~highMask, range.Network.Low | ~lowMask));
    }
}
