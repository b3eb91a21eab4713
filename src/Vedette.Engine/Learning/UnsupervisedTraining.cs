using Vedette.ML.Clustering;
using Vedette.ML.Isolation;
using Vedette.ML.Neighbors;
using Vedette.ML.OneClass;

namespace Vedette.Engine.Learning;

/// <summary>Fits the models that need no labels, to windows that are taken to be ordinary.</summary>
internal static class UnsupervisedTraining
{
    private const int MaxNeighborRows = 1500;
    private const int MaxClusterRows = 3000;

    /// <param name="ordinary">Scaled rows to learn from.</param>
    /// <param name="later">Scaled rows by which scores are judged; the models have not learnt from them.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="progress">Told of each model.</param>
    /// <param name="cancellation">Stops between two models.</param>
    public static IEnumerable<WindowModel> Fit(float[] ordinary, float[] later, TrainerOptions options, Action<string> progress, CancellationToken cancellation)
    {
        int width = WindowFeatures.Count;
        int[] all = [.. Enumerable.Range(0, width)];
        progress("isolation forest");
        var forest = IsolationForest.Fit(ordinary, width, new IsolationForestOptions { Trees = 300, Seed = options.Seed, MaxThreads = options.MaxThreads });
        yield return WindowModel.OfOutlier(ModelNames.IsolationForest, forest, all, later, width);

        cancellation.ThrowIfCancellationRequested();
        progress("one-class SVM");
        var svm = FourierOneClassSvm.Fit(ordinary, width, new FourierOneClassSvmOptions { Nu = VoteScale.Contamination, Components = 256, Steps = 30_000, Seed = options.Seed });
        yield return WindowModel.OfOutlier(ModelNames.OneClassSvm, svm, all, later, width);

        cancellation.ThrowIfCancellationRequested();
        progress("local outlier factor");
        var neighbors = LocalOutlierFactor.Fit(Thin(ordinary, width, MaxNeighborRows), width, new LocalOutlierFactorOptions { MaxThreads = options.MaxThreads });
        yield return WindowModel.OfOutlier(ModelNames.LocalOutlierFactor, neighbors, all, later, width);

        cancellation.ThrowIfCancellationRequested();
        progress("DBSCAN");
        // Distances in many columns are all alike: behaviour is clustered by the eight basic features.
        int[] basic = [.. Enumerable.Range(0, WindowFeatures.BasicCount)];
        float[] behavior = Vedette.ML.Selection.RowGathering.Columns(Thin(ordinary, width, MaxClusterRows), width, basic);
        var clusters = Dbscan.Fit(behavior, basic.Length, new DbscanOptions { Radius = RadiusFor(behavior, basic.Length), MinRows = 2 * basic.Length });
        yield return WindowModel.OfOutlier(ModelNames.Dbscan, clusters, basic, later, width);
    }

    /// <summary>Every so manieth row, so that at most so many are left.</summary>
    public static float[] Thin(ReadOnlySpan<float> rows, int width, int most)
    {
        int count = rows.Length / width;
        if (count <= most) return rows.ToArray();
        float[] thin = new float[most * width];
        for (int i = 0; i < most; i++) rows.Slice((int)((long)i * count / most) * width, width).CopyTo(thin.AsSpan(i * width));
        return thin;
    }

    /// <summary>The distance within which nine rows in ten have as many neighbours as a core needs (the k-distance of M. Ester et al., with k = 2·features).</summary>
    private static float RadiusFor(float[] rows, int width)
    {
        int count = rows.Length / width, step = Math.Max(1, count / 300);
        var reaches = new List<float>();
        float[] distances = new float[count];
        for (int i = 0; i < count; i += step)
        {
            for (int j = 0; j < count; j++) distances[j] = System.Numerics.Tensors.TensorPrimitives.Distance<float>(rows.AsSpan(i * width, width), rows.AsSpan(j * width, width));
            Array.Sort(distances);
            reaches.Add(distances[Math.Min(count - 1, 2 * width)]);
        }
        reaches.Sort();
        return Math.Max(0.05f, reaches[(int)(0.9 * (reaches.Count - 1))]);
    }
}
