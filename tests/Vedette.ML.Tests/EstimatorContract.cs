using Vedette.ML.Boosting;
using Vedette.ML.Clustering;
using Vedette.ML.Consensus;
using Vedette.ML.Forests;
using Vedette.ML.Isolation;
using Vedette.ML.Linear;
using Vedette.ML.Neighbors;
using Vedette.ML.Neural;
using Vedette.ML.OneClass;
using Vedette.ML.Subspace;
using Vedette.ML.Voting;

namespace Vedette.ML.Tests;

/// <summary>The estimators that <see cref="EstimatorContractTests"/> holds to their promises.</summary>
internal static class EstimatorContracts
{
    public static readonly EstimatorContract[] All =
    [
        EstimatorContract.Outlier("isolation forest", true, IsolationForest.Load, (rows, features, seed, threads) =>
            IsolationForest.Fit(rows, features, new IsolationForestOptions { Trees = 30, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Outlier("extended isolation forest", true, ExtendedIsolationForest.Load, (rows, features, seed, threads) =>
            ExtendedIsolationForest.Fit(rows, features, new ExtendedIsolationForestOptions { Trees = 30, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Outlier("k nearest neighbors", false, KNearestNeighbors.Load, (rows, features, _, threads) =>
            KNearestNeighbors.Fit(rows, features, new KNearestNeighborsOptions { MaxThreads = threads })),
        EstimatorContract.Outlier("local outlier factor", false, LocalOutlierFactor.Load, (rows, features, _, threads) =>
            LocalOutlierFactor.Fit(rows, features, new LocalOutlierFactorOptions { MaxThreads = threads })),
        EstimatorContract.Outlier("one-class svm", false, OneClassSvm.Load, (rows, features, _, _) => OneClassSvm.Fit(rows, features, new OneClassSvmOptions())),
        EstimatorContract.Outlier("fourier one-class svm", false, FourierOneClassSvm.Load, (rows, features, seed, _) =>
            FourierOneClassSvm.Fit(rows, features, new FourierOneClassSvmOptions { Components = 64, Steps = 500, Seed = seed })),
        EstimatorContract.Outlier("principal components", false, PrincipalComponents.Load, (rows, features, _, _) =>
            PrincipalComponents.Fit(rows, features, new PrincipalComponentsOptions())),
        EstimatorContract.Outlier("robust principal components", false, PrincipalComponents.Load, (rows, features, _, _) =>
            PrincipalComponents.Fit(rows, features, new PrincipalComponentsOptions { CentralShare = 0.75 })),
        EstimatorContract.Outlier("outlier consensus", true, OutlierConsensus.Load, (rows, features, seed, threads) =>
            OutlierConsensus.Fit(rows, features, new OutlierConsensusOptions { MaxReferenceRows = 400, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Classifier("level-wise booster", true, LevelWiseBooster.Load, (rows, labels, features, seed, threads) => LevelWiseBooster.Fit(
            rows, labels, features, new LevelWiseBoosterOptions { Rounds = 10, RowFraction = 0.8, ColumnFraction = 0.7, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Classifier("leaf-wise booster", true, LeafWiseBooster.Load, (rows, labels, features, seed, threads) => LeafWiseBooster.Fit(
            rows, labels, features, new LeafWiseBoosterOptions { Rounds = 15, OneSidedSampling = true, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Classifier("gradient boosting", false, GradientBoosting.Load, (rows, labels, features, seed, threads) => GradientBoosting.Fit(
            rows, labels, features, new GradientBoostingOptions { Rounds = 15, RowFraction = 0.7, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Classifier("random forest", true, RandomForestClassifier.Load, (rows, labels, features, seed, threads) => RandomForestClassifier.Fit(
            rows, labels, features, new RandomForestClassifierOptions { Trees = 20, Seed = seed, MaxThreads = threads })),
        EstimatorContract.Outlier("dbscan", false, Dbscan.Load, (rows, features, _, _) => Dbscan.Fit(rows, features, new DbscanOptions { Radius = 1.5f })),
        EstimatorContract.Classifier("dense network", true, DenseNetwork.Load, (rows, labels, features, seed, _) => DenseNetwork.Fit(
            rows, labels, features, new DenseNetworkOptions { HiddenLayers = [16], Epochs = 5, Seed = seed })),
        EstimatorContract.Classifier("normalized dense network", true, DenseNetwork.Load, (rows, labels, features, seed, _) => DenseNetwork.Fit(
            rows, labels, features, new DenseNetworkOptions { HiddenLayers = [16, 8], Normalization = Normalization.Batch, Epochs = 5, Seed = seed })),
        EstimatorContract.Classifier("logistic regression", false, LogisticRegression.Load, (rows, labels, features, _, _) => LogisticRegression.Fit(
            rows, labels, features, new LogisticRegressionOptions { L1 = 0.001 })),
        EstimatorContract.Classifier("voting", false, file => VotingClassifier.Load(file, (_, member) => LogisticRegression.Load(member)), (rows, labels, features, _, _) =>
            new VotingClassifier([
                LogisticRegression.Fit(rows, labels, features, new LogisticRegressionOptions()),
                LogisticRegression.Fit(rows, labels, features, new LogisticRegressionOptions { L2 = 1 })], [2, 1])),
    ];

    public static EstimatorContract Named(string name) => All.Single(contract => contract.Name == name);
}

/// <summary>How to fit, read back and evaluate one kind of estimator.</summary>
/// <param name="Name">Shown in test names.</param>
/// <param name="AcceptsMissing">Whether NaN, infinities and a single row are allowed when fitting.</param>
/// <param name="Load">Reads a saved model.</param>
/// <param name="Fit">Fits with small settings.</param>
internal sealed record EstimatorContract(string Name, bool AcceptsMissing, Func<Stream, FittedEstimator> Load, EstimatorContract.Fitter Fit)
{
    public delegate FittedEstimator Fitter(float[] rows, float[] labels, int featureCount, ulong seed, int threads);

    public static EstimatorContract Outlier(string name, bool acceptsMissing, Func<Stream, IOutlierModel> load, Func<float[], int, ulong, int, IOutlierModel> fit) =>
        new(name, acceptsMissing, stream => new FittedEstimator(load(stream)), (rows, _, features, seed, threads) => new FittedEstimator(fit(rows, features, seed, threads)));

    public static EstimatorContract Classifier(
        string name, bool acceptsMissing, Func<Stream, IBinaryClassifier> load, Func<float[], float[], int, ulong, int, IBinaryClassifier> fit) =>
        new(name, acceptsMissing, stream => new FittedEstimator(load(stream)), (rows, labels, features, seed, threads) =>
            new FittedEstimator(fit(rows, labels, features, seed, threads)));
}

/// <summary>A fitted model of either kind: an outlier score and a probability are both one number per row.</summary>
internal sealed class FittedEstimator
{
    private readonly IOutlierModel? _outlier;
    private readonly IBinaryClassifier? _classifier;

    public FittedEstimator(IOutlierModel model) => _outlier = model;

    public FittedEstimator(IBinaryClassifier model) => _classifier = model;

    public int FeatureCount => _outlier?.FeatureCount ?? _classifier!.FeatureCount;

    public void EvaluateInto(ReadOnlySpan<float> rows, Span<float> results)
    {
        if (_outlier is not null) _outlier.Score(rows, results);
        else _classifier!.PredictProbability(rows, results);
    }

    public float[] Evaluate(float[] rows)
    {
        float[] results = new float[rows.Length / FeatureCount];
        EvaluateInto(rows, results);
        return results;
    }

    public void Save(Stream stream)
    {
        if (_outlier is not null) _outlier.Save(stream);
        else _classifier!.Save(stream);
    }
}
