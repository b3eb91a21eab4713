using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Vedette.Engine.Events;

/// <summary>An IPv4 or IPv6 address in 16 bytes, IPv4 mapped as ::ffff:a.b.c.d. The default value means "unknown".</summary>
/// <param name="High">First eight bytes in network order, as a number.</param>
/// <param name="Low">Last eight bytes in network order, as a number.</param>
public readonly partial record struct NetworkAddress(ulong High, ulong Low)
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    // RFC 6666: 100::/64 is discard-only, so no real client has such an address.
    private const ulong DiscardPrefix = 0x0100_0000_0000_0000;

    /// <summary>Longest textual form in bytes.</summary>
    public const int MaxTextLength = 45;

    public bool IsUnknown => High == 0 && Low == 0;

    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>Whom to hold responsible: an IPv4 address, or the /64 that an IPv6 site is given.</summary>
    public NetworkAddress CallerKey => IsIPv4 || IsName ? this : new NetworkAddress(High, 0);

    /// <summary>True for a value made by <see cref="FromName"/>: it tells clients apart but is no address one could block.</summary>
    public bool IsName => High == DiscardPrefix;

    public static NetworkAddress FromIPv4(uint address) => new(0, MappedPrefix | address);

    /// <summary>A stable stand-in for a client known by name only (HostnameLookups, masked addresses): the name hashed into 100::/64, case ignored.</summary>
    public static NetworkAddress FromName(ReadOnlySpan<byte> name)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325; // FNV-1a
        foreach (byte b in name) hash = (hash ^ (b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b)) * 0x100_0000_01B3;
        hash ^= hash >> 32;
        hash *= 0xD6E8_FEB8_6659_FD93;
        return new NetworkAddress(DiscardPrefix, hash ^ hash >> 32);
    }

    /// <summary>Reads an address, with or without brackets, zone (<c>%eth0</c>) or port.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        if (TryParseIPv4(text, out uint v4, out int used) && (used == text.Length || text[used] == (byte)':'))
        {
            address = FromIPv4(v4);
            return true;
        }
        return TryParseIPv6(text, out address);
    }

    /// <summary>The address as .NET's own type, IPv4 unmapped.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    public static NetworkAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out int written)) return default;
        return address.AddressFamily == AddressFamily.InterNetwork && written == 4
            ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new NetworkAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    /// <summary>True if the first <paramref name="bits"/> of the 128 are those of <paramref name="network"/>.</summary>
    public bool IsIn(NetworkAddress network, int bits)
    {
        ulong highMask = bits >= 64 ? ulong.MaxValue : bits == 0 ? 0 : ulong.MaxValue << (64 - bits);
        ulong lowMask = bits <= 64 ? 0 : bits >= 128 ? ulong.MaxValue : ulong.MaxValue << (128 - bits);
        return ((High ^ network.High) & highMask) == 0 && ((Low ^ network.Low) & lowMask) == 0;
    }

    public override string ToString() => IsUnknown ? "unknown" : ToIPAddress().ToString();

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint address, out int used)
    {
        address = 0;
        used = 0;
        for (int part = 0; part < 4; part++)
        {
            uint value = 0;
            int start = used;
            while (used < text.Length && used - start < 3 && (uint)(text[used] - '0') <= 9) value = value * 10 + (uint)(text[used++] - '0');
            if (used == start || value > 255) return false;
            address = address << 8 | value;
            if (part == 3) return true;
            if (used >= text.Length || text[used++] != (byte)'.') return false;
        }
        return false;
    }
}
