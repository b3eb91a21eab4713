using System.Buffers.Binary;
using Vedette.Engine.Events;

namespace Vedette.Storage.PostgreSql;

/// <summary>Addresses as 16 bytes, so that a network is a range. The type <c>inet</c> could not hold the names some logs have instead, and compares no faster.</summary>
internal static class PostgreSqlAddress
{
    public static byte[] ToBytes(NetworkAddress address)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), address.Low);
        return bytes;
    }

    public static NetworkAddress FromBytes(byte[] bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)));
}
