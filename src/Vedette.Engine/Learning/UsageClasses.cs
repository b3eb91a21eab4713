using Vedette.ML.Clustering;
using Vedette.ML.Files;
using Vedette.ML.Selection;

namespace Vedette.Engine.Learning;

/// <summary>What kind of use a window shows.</summary>
public enum UsageClass : byte
{
    Normal,

    /// <summary>Several times as much as most.</summary>
    Heavy,

    /// <summary>As regular or as bare as a program.</summary>
    Bot,
}

/// <summary>Sorts windows into classes of use by k-means; how many clusters there are is decided by the elbow, and each is named by rules.</summary>
/// <remarks>
/// A cluster is <see cref="UsageClass.Bot"/> if its median window has gaps that vary by less than half of their mean over at least eight requests in ten minutes, or is sent by a declared program;
/// else <see cref="UsageClass.Heavy"/> if its median window has at least three times the requests in ten minutes that the median of all windows has; else <see cref="UsageClass.Normal"/>. Immutable, thread-safe.
/// </remarks>
internal sealed class UsageClasses
{
    private const int MostClusters = 8;
    private const double RegularGaps = 0.5;
    private const double FewRequests = 8;
    private const double HeavyFactor = 3;

    /// <summary>How often, how evenly, how varied, and with what manners: the columns that show use rather than harm.</summary>
    private static readonly int[] Columns =
    [
        WindowFeatures.ReqCount, WindowFeatures.UniqueEndpoints, WindowFeatures.RepeatRate, WindowFeatures.RequestsTenMinutes,
        WindowFeatures.AssetShare, WindowFeatures.GapVariation, WindowFeatures.DeclaredProgram,
    ];

    private readonly KMeans _clusters;
    private readonly UsageClass[] _names;
    private readonly float _spread;

    private UsageClasses(KMeans clusters, UsageClass[] names, float spread) => (_clusters, _names, _spread) = (clusters, names, spread);

    /// <summary>Number of clusters.</summary>
    public int ClusterCount => _names.Length;

    /// <param name="scaled">Scaled rows, at least one.</param>
    /// <param name="rows">The same rows as they were.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="seed">Seed of the starts.</param>
    public static UsageClasses Fit(ReadOnlySpan<float> scaled, ReadOnlySpan<float> rows, int featureCount, ulong seed)
    {
        float[] use = RowGathering.Columns(scaled, featureCount, Columns);
        KMeans clusters = FitByElbow(use, seed);
        int[] members = new int[use.Length / Columns.Length];
        clusters.Predict(use, members);
        double most = Median(rows, featureCount, WindowFeatures.RequestsTenMinutes, members, -1);
        var names = new UsageClass[clusters.ClusterCount];
        for (int cluster = 0; cluster < names.Length; cluster++) names[cluster] = NameOf(rows, featureCount, members, cluster, most);
        float spread = (float)Math.Max(1e-3, clusters.Inertia / members.Length);
        return new UsageClasses(clusters, names, spread);
    }

    /// <summary>The class of one scaled row, and how probable it is that a program is at work, in [0, 1].</summary>
    /// <remarks>Memberships fall with the squared distance to the centers, in units of the mean squared distance of the rows fitted.</remarks>
    public UsageClass Of(ReadOnlySpan<float> scaled, out float botProbability)
    {
        Span<float> use = stackalloc float[Columns.Length];
        for (int i = 0; i < use.Length; i++) use[i] = scaled[Columns[i]];
        Span<double> distances = stackalloc double[_names.Length];
        int nearest = 0;
        for (int cluster = 0; cluster < distances.Length; cluster++)
        {
            distances[cluster] = System.Numerics.Tensors.TensorPrimitives.Distance(use, _clusters.Centers.Slice(cluster * use.Length, use.Length));
            distances[cluster] *= distances[cluster];
            if (distances[cluster] < distances[nearest]) nearest = cluster;
        }
        double all = 0, bots = 0;
        for (int cluster = 0; cluster < distances.Length; cluster++)
        {
            double weight = Math.Exp((distances[nearest] - distances[cluster]) / (2 * _spread));
            all += weight;
            if (_names[cluster] == UsageClass.Bot) bots += weight;
        }
        botProbability = (float)(bots / all);
        return _names[nearest];
    }

    public void Write(ModelWriter writer)
    {
        writer.WriteNested(_clusters.Save);
        writer.Write<byte>([.. _names.Select(static name => (byte)name)]);
        writer.Write(_spread);
    }

    public static UsageClasses Read(ModelReader reader)
    {
        KMeans clusters = reader.ReadNested(KMeans.Load);
        byte[] names = reader.ReadArray<byte>(clusters.ClusterCount);
        float spread = reader.ReadSingle();
        if (clusters.FeatureCount != Columns.Length || clusters.ClusterCount > MostClusters || names.Any(static name => name > (byte)UsageClass.Bot) || !(spread > 0))
            throw new InvalidDataException("The model file's usage classes are none.");
        return new UsageClasses(clusters, [.. names.Select(static name => (UsageClass)name)], spread);
    }

    private static KMeans FitByElbow(float[] use, ulong seed) =>
        Vedette.ML.Clustering.ClusterCount.FitByElbow(use, Columns.Length, MostClusters, new KMeansOptions { Seed = seed, Restarts = 4, MaxIterations = 50 });

    private static UsageClass NameOf(ReadOnlySpan<float> rows, int featureCount, int[] members, int cluster, double usual)
    {
        double requests = Median(rows, featureCount, WindowFeatures.RequestsTenMinutes, members, cluster);
        bool isRegular = Median(rows, featureCount, WindowFeatures.GapVariation, members, cluster) < RegularGaps && requests >= FewRequests;
        if (isRegular || Median(rows, featureCount, WindowFeatures.DeclaredProgram, members, cluster) > 0.5) return UsageClass.Bot;
        return requests >= HeavyFactor * Math.Max(1, usual) ? UsageClass.Heavy : UsageClass.Normal;
    }

    /// <summary>Median of a column over the members of a cluster; over all rows if it is -1.</summary>
    private static double Median(ReadOnlySpan<float> rows, int featureCount, int column, int[] members, int cluster)
    {
        var values = new List<float>();
        for (int row = 0; row < members.Length; row++)
            if (cluster < 0 || members[row] == cluster) values.Add(rows[row * featureCount + column]);
        if (values.Count == 0) return 0;
        values.Sort();
        return values[values.Count / 2];
    }
}
