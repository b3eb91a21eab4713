namespace Vedette.ML.Clustering;

/// <summary>How much closer rows are to their own cluster than to the next.</summary>
/// <remarks>P. Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20, 1987, https://doi.org/10.1016/0377-0427(87)90125-7.</remarks>
public static class Silhouette
{
    /// <summary>Rows compared by default: two thousand tell a mean to about 0.01.</summary>
    public const int DefaultSample = 2000;

    /// <summary>Mean silhouette of a sample of the rows, in [-1, 1]; 0 if there are fewer than two clusters in it.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="clusters">Each row's cluster; negative for a row that has none and is left out.</param>
    /// <param name="sample">Most rows to use, each compared with each: O(sample² · features).</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public static double Mean(ReadOnlySpan<float> rows, int featureCount, ReadOnlySpan<int> clusters, int sample = DefaultSample, ulong seed = 1)
    {
        if ((long)clusters.Length * featureCount != rows.Length)
            throw new ArgumentException($"{rows.Length} values are not {clusters.Length} rows of {featureCount} features.", nameof(rows));
        int[] chosen = Choose(clusters, sample, seed);
        int[] labels = new int[chosen.Length];
        var known = new SortedDictionary<int, int>();
        for (int i = 0; i < chosen.Length; i++)
        {
            known.TryAdd(clusters[chosen[i]], known.Count);
            labels[i] = known[clusters[chosen[i]]];
        }
        if (known.Count < 2) return 0;
        int[] sizes = new int[known.Count];
        foreach (int label in labels) sizes[label]++;

        double sum = 0;
        double[] distances = new double[known.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            if (sizes[labels[i]] == 1) continue;
            Array.Clear(distances);
            ReadOnlySpan<float> row = rows.Slice(chosen[i] * featureCount, featureCount);
            for (int j = 0; j < chosen.Length; j++)
                distances[labels[j]] += Math.Sqrt(SquaredDistance.Between(row, rows.Slice(chosen[j] * featureCount, featureCount)));
            double own = distances[labels[i]] / (sizes[labels[i]] - 1), next = double.PositiveInfinity;
            for (int label = 0; label < sizes.Length; label++)
                if (label != labels[i]) next = Math.Min(next, distances[label] / sizes[label]);
            double greater = Math.Max(own, next);
            if (greater > 0) sum += (next - own) / greater;
        }
        return sum / chosen.Length;
    }

    private static int[] Choose(ReadOnlySpan<int> clusters, int sample, ulong seed)
    {
        var members = new List<int>();
        for (int row = 0; row < clusters.Length; row++)
            if (clusters[row] >= 0) members.Add(row);
        int[] order = [.. members];
        if (order.Length <= sample) return order;
        new SeededRandom(seed).Shuffle<int>(order);
        return order[..sample];
    }
}
