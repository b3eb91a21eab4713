using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Vedette.Engine.Behavior;

/// <summary>Asks for memory before it is needed, so that the cache misses of several events pass at once. A hint: it changes no result, and there is nothing where the processor takes none.</summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Asks for the cache line that <paramref name="place"/> begins in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref readonly T place)
        where T : unmanaged
    {
        // Should the collector move the array meanwhile, a stale address is asked for: of no use, and harmless.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }

    /// <summary>Asks for the first <paramref name="lines"/> cache lines from <paramref name="place"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines<T>(ref readonly T place, int lines)
        where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
        for (int i = 0; i < lines; i++) Sse.Prefetch0(first + i * LineBytes);
    }
}
