using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vedette.ML.Trees;

/// <summary>Memory whose every part begins where a line of the cache does.</summary>
internal sealed unsafe class LineMemory
{
    public const int LineLength = 64;

    // Pinned, so that it stays in line.
    private readonly byte[] _bytes;

    public LineMemory(List<byte> content)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(content.Count + LineLength, pinned: true);
        byte* start = (byte*)Unsafe.AsPointer(ref _bytes[0]);
        Start = Align(start);
        content.CopyTo(_bytes, (int)(Start - start));
    }

    /// <summary>The first byte; valid as long as this object is.</summary>
    public byte* Start { get; }

    public long Size => _bytes.Length;

    /// <summary>The first line that begins at <paramref name="start"/> or behind it.</summary>
    public static byte* Align(byte* start) => start + (-(nint)start & (LineLength - 1));

    /// <summary>Appends a part and returns where it begins.</summary>
    public static int Append<T>(List<byte> content, ReadOnlySpan<T> part)
        where T : unmanaged
    {
        int start = content.Count;
        content.AddRange(MemoryMarshal.AsBytes(part));
        CollectionsMarshal.SetCount(content, (content.Count + LineLength - 1) / LineLength * LineLength);
        CollectionsMarshal.AsSpan(content)[(start + part.Length * sizeof(T))..].Clear();
        return start;
    }
}
