using System.Diagnostics;
using System.Globalization;

namespace Vedette.ML.Bench;

/// <summary>Measures processor time, which unlike elapsed time does not depend on what else the machine does or on the number of threads.</summary>
internal static class Measurement
{
    /// <summary>Processor seconds of the whole process for one run of <paramref name="work"/>: the least of <paramref name="repetitions"/>, after one to warm up.</summary>
    public static double CpuSeconds(Action work, int repetitions = 3, bool warmUp = true)
    {
        if (warmUp) work();
        double best = double.PositiveInfinity;
        for (int i = 0; i < repetitions; i++)
        {
            GC.Collect();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            work();
            best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
        return best;
    }

    /// <summary>Prints one line: <c>name, value, unit</c>, separated by tabs, so that <c>compare-ml.sh</c> can set it beside a peer's.</summary>
    public static void Report(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{value:G4}\t{unit}"));
}
