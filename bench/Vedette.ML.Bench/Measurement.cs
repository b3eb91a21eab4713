using System.Diagnostics;
using System.Globalization;
using Vedette.ML.Metrics;

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

    /// <summary>Fits a classifier.</summary>
    public delegate IBinaryClassifier Fitter(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels);

    /// <summary>Measures fitting and predicting all rows, and the quality on the second half of a model fitted on the first.</summary>
    public static void Classifier(string name, SyntheticRows data, Fitter fit)
    {
        IBinaryClassifier? model = null;
        Report($"{name}: fit", CpuSeconds(() => model = fit(data.Values, data.Labels), 1), "s");
        float[] probabilities = new float[data.Labels.Length];
        Report($"{name}: predict", data.Labels.Length / CpuSeconds(() => model!.PredictProbability(data.Values, probabilities)), "rows/s");
        int half = data.Labels.Length / 2;
        fit(data.Values.AsSpan(0, half * SyntheticRows.Features), data.Labels.AsSpan(0, half))
            .PredictProbability(data.Values.AsSpan(half * SyntheticRows.Features), probabilities.AsSpan(half));
        Report($"{name}: ROC AUC, fitted on one half, measured on the other", Ranking.RocAuc(data.Labels.AsSpan(half), probabilities.AsSpan(half)), "");
    }

    /// <summary>Prints one line: <c>name, value, unit</c>, separated by tabs, so that <c>compare-ml.sh</c> can set it beside a peer's.</summary>
    public static void Report(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{value:G4}\t{unit}"));
}
