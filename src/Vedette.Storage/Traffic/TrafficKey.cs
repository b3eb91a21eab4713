using System.Buffers.Binary;
using System.Text;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Key and detail of a roll-up row as bytes, for the tables in memory: form of the key, its length, key, detail. An address stays 16 bytes until it is written.</summary>
internal static class TrafficKey
{
    public const int MaxLength = HeaderLength + MaxPart + MaxPart;

    /// <summary>Of what is nobody's, and of the rest.</summary>
    public static readonly byte[] Empty = new byte[HeaderLength];

    private const int HeaderLength = 3;
    private const int MaxPart = 256;
    private const byte AsText = 0;
    private const byte AsAddress = 1;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, ReadOnlySpan<byte> key, ReadOnlySpan<byte> detail) => Finish(buffer, WriteKey(buffer, AsText, key), detail);

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, NetworkAddress address, ReadOnlySpan<byte> detail)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
        return Finish(buffer, WriteKey(buffer, AsAddress, bytes), detail);
    }

    /// <summary>The bytes of a row that was read; the reverse of <see cref="Read"/>.</summary>
    public static byte[] Of(TrafficKind kind, string key, string detail)
    {
        if (key.Length == 0 && detail.Length == 0) return Empty;
        Span<byte> buffer = stackalloc byte[MaxLength];
        byte[] keyBytes = Encoding.UTF8.GetBytes(key), detailBytes = Encoding.UTF8.GetBytes(detail);
        // A name may begin like an address ("192.0.2.1:8080"); it is one only if it is written as addresses are.
        NetworkAddress address = default;
        bool isAddress = (kind is TrafficKind.Address or TrafficKind.RouteOfAddress) && NetworkAddress.TryParse(keyBytes, out address) && address.ToString() == key;
        return isAddress ? Write(buffer, address, detailBytes).ToArray() : Write(buffer, keyBytes, detailBytes).ToArray();
    }

    public static (string Key, string Detail) Read(ReadOnlySpan<byte> bytes)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]);
        ReadOnlySpan<byte> key = bytes.Slice(HeaderLength, length);
        string text = bytes[0] == AsAddress
            ? new NetworkAddress(BinaryPrimitives.ReadUInt64BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(key[8..])).ToString()
            : StoredText.Of(key);
        return (text, StoredText.Of(bytes[(HeaderLength + length)..]));
    }

    private static int WriteKey(Span<byte> buffer, byte form, ReadOnlySpan<byte> key)
    {
        key = StoredText.Cut(key, MaxPart);
        buffer[0] = form;
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[1..], (ushort)key.Length);
        key.CopyTo(buffer[HeaderLength..]);
        return HeaderLength + key.Length;
    }

    private static ReadOnlySpan<byte> Finish(Span<byte> buffer, int length, ReadOnlySpan<byte> detail)
    {
        detail = StoredText.Cut(detail, MaxPart);
        detail.CopyTo(buffer[length..]);
        return buffer[..(length + detail.Length)];
    }
}
