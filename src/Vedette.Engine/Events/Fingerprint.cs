using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vedette.Engine.Events;

/// <summary>A 64-bit fingerprint of bytes, the same on every machine and in every process.</summary>
/// <remarks>
/// Multiply-and-fold over 8-byte words, after the mixing step of wyhash (Wang Yi, https://github.com/wangyi-fudan/wyhash). Not cryptographic:
/// whoever writes the traffic can choose collisions, which costs him being told apart from himself.
/// </remarks>
public static class Fingerprint
{
    private const ulong P0 = 0xa0761d6478bd642fUL;
    private const ulong P1 = 0xe7037ed1a0b428dbUL;

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        ulong hash = seed ^ P0 ^ ((ulong)bytes.Length * P1);
        while (bytes.Length >= 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ P1, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }
        ulong a = 0, b = 0;
        if (bytes.Length >= 8)
        {
            a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
        {
            a = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        }
        else if (bytes.Length > 0)
        {
            a = (ulong)bytes[0] << 16 | (ulong)bytes[bytes.Length >> 1] << 8 | bytes[^1];
        }
        return Mix(a ^ P1, b ^ hash);
    }

    /// <summary>Joins two fingerprints; the order matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong first, ulong second) => Mix(first ^ P0, second ^ BitOperations.RotateLeft(first, 23) ^ P1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
