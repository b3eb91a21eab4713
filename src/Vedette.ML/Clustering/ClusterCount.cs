namespace Vedette.ML.Clustering;

/// <summary>Chooses how many clusters <see cref="KMeans"/> should find.</summary>
public static class ClusterCount
{
    /// <summary>The elbow: where adding a cluster stops paying.</summary>
    /// <remarks>
    /// V. Satopää et al., "Finding a Kneedle in a Haystack", ICDCS Workshops 2011: of the falling curve of inertias, scaled to the unit square,
    /// the point furthest below the chord from first to last.
    /// </remarks>
    /// <param name="inertias">Inertia for 1, 2, … clusters; at least one.</param>
    /// <returns>A number of clusters from 1 to the number of inertias.</returns>
    /// <exception cref="ArgumentException">There is no inertia.</exception>
    public static int Elbow(ReadOnlySpan<double> inertias)
    {
        if (inertias.IsEmpty) throw new ArgumentException("0 inertias are too few; at least 1 is needed.", nameof(inertias));
        double fall = inertias[0] - inertias[^1];
        if (!(fall > 0)) return 1;
        int best = 0;
        double furthest = 0;
        for (int i = 0; i < inertias.Length; i++)
        {
            double below = (inertias[0] - inertias[i]) / fall - i / (double)(inertias.Length - 1);
            if (below > furthest) (furthest, best) = (below, i);
        }
        return best + 1;
    }

    /// <summary>Fits 1 to <paramref name="most"/> clusters and returns the model at the elbow.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="most">Most clusters to try, at least 1.</param>
    /// <param name="options">How to search; its number of clusters is not used.</param>
    /// <exception cref="ArgumentException">As <see cref="KMeans.Fit"/>.</exception>
    public static KMeans FitByElbow(ReadOnlySpan<float> rows, int featureCount, int most, KMeansOptions options)
    {
        KMeans[] models = FitAll(rows, featureCount, 1, most, options);
        return models[Elbow([.. models.Select(model => model.Inertia)]) - 1];
    }

    /// <summary>Fits 2 to <paramref name="most"/> clusters and returns the model with the greatest silhouette.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row, finite.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="most">Most clusters to try, at least 2.</param>
    /// <param name="options">How to search; its number of clusters is not used.</param>
    /// <exception cref="ArgumentException">As <see cref="KMeans.Fit"/>.</exception>
    public static KMeans FitBySilhouette(ReadOnlySpan<float> rows, int featureCount, int most, KMeansOptions options)
    {
        KMeans? best = null;
        double highest = double.NegativeInfinity;
        int[] clusters = new int[Shape.RowCount(rows, featureCount)];
        foreach (KMeans model in FitAll(rows, featureCount, 2, most, options))
        {
            model.Predict(rows, clusters);
            double silhouette = Silhouette.Mean(rows, featureCount, clusters, Silhouette.DefaultSample, options.Seed);
            if (silhouette > highest) (highest, best) = (silhouette, model);
        }
        return best!;
    }

    private static KMeans[] FitAll(ReadOnlySpan<float> rows, int featureCount, int least, int most, KMeansOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        var models = new KMeans[most - least + 1];
        for (int i = 0; i < models.Length; i++) models[i] = KMeans.Fit(rows, featureCount, options with { Clusters = least + i });
        return models;
    }
}
