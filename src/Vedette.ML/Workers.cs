namespace Vedette.ML;

/// <summary>Divides independent pieces of work among threads.</summary>
internal static class Workers
{
    /// <summary>
    /// Runs <paramref name="body"/> once for each index below <paramref name="count"/>, on at most <paramref name="maxThreads"/> threads (0: one per
    /// processor). Pieces must not depend on one another's order.
    /// </summary>
    public static void For(int count, int maxThreads, Action<int> body)
    {
        int threads = maxThreads == 0 ? Environment.ProcessorCount : maxThreads;
        if (threads == 1 || count < 2)
        {
            for (int i = 0; i < count; i++) body(i);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
    }
}
