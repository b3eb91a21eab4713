namespace Vedette.Engine.Tests;

/// <summary>Measures what a piece of code allocates on its thread.</summary>
internal static class Allocations
{
    /// <summary>Bytes allocated by a run. The least of several counts: a collection that other tests cause charges this thread for the unused rest of its block.</summary>
    public static long Of(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int i = 0; i < 8 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
