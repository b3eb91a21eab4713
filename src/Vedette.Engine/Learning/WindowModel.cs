using Vedette.ML;
using Vedette.ML.Boosting;
using Vedette.ML.Calibrators;
using Vedette.ML.Clustering;
using Vedette.ML.Files;
using Vedette.ML.Forests;
using Vedette.ML.Isolation;
using Vedette.ML.Neighbors;
using Vedette.ML.Neural;
using Vedette.ML.OneClass;
using Vedette.ML.Selection;

namespace Vedette.Engine.Learning;

/// <summary>One fitted model over window rows, with what turns its score into a vote. Immutable, thread-safe.</summary>
internal sealed class WindowModel
{
    private const int MaxNullScores = 8192;

    private readonly IOutlierModel? _outlier;
    private readonly IBinaryClassifier? _classifier;
    private readonly int[] _columns;
    private readonly PlattCalibrator? _calibrator;
    private readonly double[] _nullScores;

    private WindowModel(string name, IOutlierModel? outlier, IBinaryClassifier? classifier, int[] columns, PlattCalibrator? calibrator, double[] nullScores)
    {
        (Name, _outlier, _classifier, _columns) = (name, outlier, classifier, columns);
        (_calibrator, _nullScores) = (calibrator, nullScores);
    }

    public string Name { get; }

    public ModelGroup Group => ModelNames.GroupOf(Name);

    /// <summary>The columns it reads, ascending.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>Scores of ordinary windows, by which those of others are judged; empty for a classifier.</summary>
    public ReadOnlySpan<double> NullScores => _nullScores;

    public IOutlierModel? Outlier => _outlier;

    public IBinaryClassifier? Classifier => _classifier;

    /// <summary>An outlier model; its vote says how rare its score is among <paramref name="ordinary"/> rows.</summary>
    public static WindowModel OfOutlier(string name, IOutlierModel model, int[] columns, ReadOnlySpan<float> ordinary, int featureCount)
    {
        var fitted = new WindowModel(name, model, null, columns, null, []);
        float[] scores = new float[ordinary.Length / featureCount];
        fitted.Score(ordinary, featureCount, scores);
        int stride = Math.Max(1, (scores.Length + MaxNullScores - 1) / MaxNullScores);
        double[] kept = [.. scores.Where((_, i) => i % stride == 0).Select(static score => (double)score)];
        return new WindowModel(name, model, null, columns, null, kept);
    }

    /// <summary>A classifier; its vote is its probability, calibrated on rows that it has not learnt from.</summary>
    public static WindowModel OfClassifier(string name, IBinaryClassifier model, int[] columns, PlattCalibrator calibrator) => new(name, null, model, columns, calibrator, []);

    /// <summary>Raw scores of scaled rows; higher is more anomalous.</summary>
    public void Score(ReadOnlySpan<float> scaled, int featureCount, Span<float> scores)
    {
        float[]? gathered = _columns.Length == featureCount ? null : RowGathering.Columns(scaled, featureCount, _columns);
        ReadOnlySpan<float> rows = gathered ?? scaled;
        if (_outlier is not null) _outlier.Score(rows, scores);
        else _classifier!.PredictProbability(rows, scores);
    }

    /// <summary>The vote of a classifier's probability.</summary>
    public float Calibrate(float probability) => (float)_calibrator!.Calibrate(probability);

    public void Write(ModelWriter writer)
    {
        writer.Write(Name);
        writer.Write<int>(_columns);
        writer.Write<double>(_nullScores);
        writer.Write(_outlier is not null);
        writer.WriteNested(_outlier is not null ? _outlier.Save : _classifier!.Save);
        if (_calibrator is not null) writer.WriteNested(_calibrator.Save);
    }

    public static WindowModel Read(ModelReader reader, int featureCount)
    {
        string name = reader.ReadString();
        int[] columns = reader.ReadArray<int>();
        double[] nullScores = reader.ReadArray<double>();
        bool isOutlier = reader.ReadBoolean();
        byte[] file = reader.ReadArray<byte>();
        IOutlierModel? outlier = isOutlier ? LoadOutlier(name, new MemoryStream(file)) : null;
        IBinaryClassifier? classifier = isOutlier ? null : LoadClassifier(name, new MemoryStream(file));
        int expected = outlier?.FeatureCount ?? classifier!.FeatureCount;
        bool areColumnsSound = columns.Length == expected && columns.All(column => (uint)column < (uint)featureCount);
        if (!areColumnsSound || (isOutlier && nullScores.Length < 10)) throw new InvalidDataException($"The model file's {name} does not fit the window features.");
        return new WindowModel(name, outlier, classifier, columns, isOutlier ? null : reader.ReadNested(PlattCalibrator.Load), nullScores);
    }

    private static IOutlierModel LoadOutlier(string name, Stream file) => name switch
    {
        ModelNames.IsolationForest => IsolationForest.Load(file),
        ModelNames.OneClassSvm => FourierOneClassSvm.Load(file),
        ModelNames.LocalOutlierFactor => LocalOutlierFactor.Load(file),
        ModelNames.Dbscan => Dbscan.Load(file),
        _ => throw new InvalidDataException($"The model file holds a model '{name}' that this program does not know."),
    };

    private static IBinaryClassifier LoadClassifier(string name, Stream file) => name switch
    {
        ModelNames.RandomForest => RandomForestClassifier.Load(file),
        ModelNames.Xgboost => LevelWiseBooster.Load(file),
        ModelNames.Lightgbm => LeafWiseBooster.Load(file),
        ModelNames.GradientBoosting => GradientBoosting.Load(file),
        ModelNames.Dense => DenseNetwork.Load(file),
        _ => throw new InvalidDataException($"The model file holds a model '{name}' that this program does not know."),
    };
}
