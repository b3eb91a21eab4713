using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vedette.Engine.Behavior;

/// <summary>Makes the tables that every event is looked up in: tens of megabytes, touched at random.</summary>
/// <remarks>
/// On Linux the kernel is asked to back them with pages of 2 MiB: there are too many ordinary ones for the processor to know the addresses of, and a look-up would wait for that as well. A hint: where it is not taken,
/// the table is the same. A part that was never touched still takes no memory, though in steps of 2 MiB.
/// </remarks>
internal static unsafe class LargeTable
{
    private const nuint PageBytes = 2 << 20;

    // From <sys/mman.h>.
    private const int HugePageAdvice = 14;

    /// <summary>An array of <paramref name="length"/> zeroes. It never moves, so advice about its memory stays true.</summary>
    public static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        T[] table = GC.AllocateArray<T>(length, pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(table));
        nuint first = (start + PageBytes - 1) & ~(PageBytes - 1);
        nuint end = (start + (nuint)length * (nuint)sizeof(T)) & ~(PageBytes - 1);
        if (first < end && OperatingSystem.IsLinux()) Advise((void*)first, end - first);
        return table;
    }

    /// <summary>Gives the advice by way of the C library the process runs on, whatever its name is; its answer does not matter.</summary>
    private static void Advise(void* start, nuint length)
    {
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "madvise", out nint function))
            _ = ((delegate* unmanaged<void*, nuint, int, int>)function)(start, length, HugePageAdvice);
    }
}
