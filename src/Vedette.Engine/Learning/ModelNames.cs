namespace Vedette.Engine.Learning;

/// <summary>Names of the models, as votes, weights and status carry them.</summary>
public static class ModelNames
{
    public const string Signatures = "signatures";
    public const string IsolationForest = "isolation_forest";
    public const string OneClassSvm = "one_class_svm";
    public const string LocalOutlierFactor = "local_outlier_factor";
    public const string RandomForest = "random_forest";
    public const string Xgboost = "xgboost";
    public const string Lightgbm = "lightgbm";
    public const string GradientBoosting = "gradient_boosting";
    public const string Dense = "dense";
    public const string Lstm = "lstm";
    public const string Transformer = "transformer";
    public const string KMeans = "kmeans";
    public const string Dbscan = "dbscan";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Signatures, IsolationForest, OneClassSvm, LocalOutlierFactor, RandomForest, Xgboost, Lightgbm, GradientBoosting, Dense, Lstm, Transformer, KMeans, Dbscan,
    ];

    /// <summary>Which part of the consensus a model belongs to.</summary>
    public static ModelGroup GroupOf(string name) => name switch
    {
        IsolationForest or OneClassSvm or LocalOutlierFactor or Dbscan => ModelGroup.Unsupervised,
        RandomForest or Xgboost or Lightgbm or GradientBoosting => ModelGroup.Supervised,
        Dense or Lstm or Transformer => ModelGroup.Neural,
        _ => ModelGroup.None,
    };
}

/// <summary>Parts of the consensus.</summary>
public enum ModelGroup : byte
{
    /// <summary>Votes, but has no weight in the consensus: signatures have detectors of their own, k-means tells the usage class.</summary>
    None,

    /// <summary>Learns from traffic without labels.</summary>
    Unsupervised,

    /// <summary>Learns from labelled windows.</summary>
    Supervised,

    /// <summary>Networks, whatever they learn from.</summary>
    Neural,
}
