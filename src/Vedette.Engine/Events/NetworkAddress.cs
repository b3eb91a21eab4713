using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vedette.Engine.Events;

/// <summary>An IPv4 or IPv6 address in 16 bytes, IPv4 mapped as ::ffff:a.b.c.d. The default value means "unknown".</summary>
/// <param name="High">First eight bytes in network order, as a number.</param>
/// <param name="Low">Last eight bytes in network order, as a number.</param>
public readonly record struct NetworkAddress(ulong High, ulong Low)
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>Longest textual form in bytes.</summary>
    public const int MaxTextLength = 45;

    public bool IsUnknown => High == 0 && Low == 0;

    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>Whom to hold responsible: an IPv4 address, or the /64 that an IPv6 site is given.</summary>
    public NetworkAddress CallerKey => IsIPv4 ? this : new NetworkAddress(High, 0);

    public static NetworkAddress FromIPv4(uint address) => new(0, MappedPrefix | address);

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

    private static bool TryParseIPv6(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        address = default;
        if (text.Length > 1 && text[0] == (byte)'[')
        {
            int close = text.IndexOf((byte)']');
            if (close < 0) return false;
            text = text[1..close];
        }
        int zone = text.IndexOf((byte)'%');
        if (zone >= 0) text = text[..zone];
        if (text.Length is < 2 or > MaxTextLength || !text.Contains((byte)':')) return false;
        Span<char> chars = stackalloc char[MaxTextLength];
        int length = Encoding.Latin1.GetChars(text, chars);
        if (!IPAddress.TryParse(chars[..length], out IPAddress? parsed)) return false;
        address = From(parsed);
        return true;
    }
}
