using System.Buffers.Binary;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Traffic;

/// <summary>Key of a roll-up row as bytes, for the tables in memory: kind, form of the key, its length, key, detail.</summary>
internal static class TrafficKey
{
    public const int MaxLength = HeaderLength + MaxPart + MaxPart;

    private const int HeaderLength = 4;
    private const int MaxPart = 256;
    private const byte AsText = 0;
    private const byte AsAddress = 1;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TrafficKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> detail)
    {
        int length = WriteKey(buffer, kind, AsText, key);
        return Finish(buffer, length, detail);
    }

    /// <summary>With an address as key; it becomes text when the row is written.</summary>
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TrafficKind kind, NetworkAddress address, ReadOnlySpan<byte> detail)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
        int length = WriteKey(buffer, kind, AsAddress, bytes);
        return Finish(buffer, length, detail);
    }

    public static TrafficKind KindOf(ReadOnlySpan<byte> bytes) => (TrafficKind)bytes[0];

    public static (string Key, string Detail) Read(ReadOnlySpan<byte> bytes)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        ReadOnlySpan<byte> key = bytes.Slice(HeaderLength, length);
        string text = bytes[1] == AsAddress
            ? new NetworkAddress(BinaryPrimitives.ReadUInt64BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(key[8..])).ToString()
            : StoredText.Of(key);
        return (text, StoredText.Of(bytes[(HeaderLength + length)..]));
    }

    private static int WriteKey(Span<byte> buffer, TrafficKind kind, byte form, ReadOnlySpan<byte> key)
    {
        if (key.Length > MaxPart) key = key[..MaxPart];
        buffer[0] = (byte)kind;
        buffer[1] = form;
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[2..], (ushort)key.Length);
        key.CopyTo(buffer[HeaderLength..]);
        return HeaderLength + key.Length;
    }

    private static ReadOnlySpan<byte> Finish(Span<byte> buffer, int length, ReadOnlySpan<byte> detail)
    {
        if (detail.Length > MaxPart) detail = detail[..MaxPart];
        detail.CopyTo(buffer[length..]);
        return buffer[..(length + detail.Length)];
    }
}
