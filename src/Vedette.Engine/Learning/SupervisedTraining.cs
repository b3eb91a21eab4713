using Vedette.ML;
using Vedette.ML.Boosting;
using Vedette.ML.Calibrators;
using Vedette.ML.Forests;
using Vedette.ML.Metrics;
using Vedette.ML.Neural;
using Vedette.ML.Selection;

namespace Vedette.Engine.Learning;

/// <summary>Fits the models that learn from labelled windows: which features they read and with which settings is decided on windows of a stream they have not seen.</summary>
internal sealed class SupervisedTraining
{
    private const int MaxColumns = 32;
    private const int MaxExactRows = 8000;
    private const int MaxTuningRows = 8000;

    /// <summary>Every row counts twice, once with a part of it hidden.</summary>
    private const int MinAttacks = 2 * 20;

    private readonly TrainerOptions _options;
    private readonly TrainingRows _rows;
    private readonly TrainingRows _calibration;
    private readonly TrainingRows _tuningRows;
    private readonly TrainingRows _tuningTest;
    private readonly SortedDictionary<string, double> _settings = new(StringComparer.Ordinal);

    public SupervisedTraining(IReadOnlyList<LabelledStream> streams, TrainerOptions options)
    {
        _options = options;
        _calibration = TrainingRows.Concat([.. streams.Select(static stream => stream.Calibration)]).WithHidden(options.Seed);
        (TrainingRows tuning, TrainingRows test) = Split(streams);
        (_tuningRows, _tuningTest) = (tuning.WithHidden(options.Seed), test.WithHidden(options.Seed));
        _rows = TrainingRows.Concat([.. streams.Select(static stream => stream.Training)]).Thin(options.MaxLabelled / 2).WithHidden(options.Seed);
        Columns = IsPossible ? SelectColumns() : [];
    }

    /// <summary>Whether there are enough attacks, and others, to learn from.</summary>
    public bool IsPossible => Math.Min(_rows.AttackCount, _rows.Count - _rows.AttackCount) >= MinAttacks && _calibration.AttackCount > 0 && _calibration.AttackCount < _calibration.Count;

    /// <summary>The columns worth reading, ascending.</summary>
    public int[] Columns { get; }

    /// <summary>What tuning chose.</summary>
    public IReadOnlyDictionary<string, double> Settings => _settings;

    /// <summary>The features read, most important first.</summary>
    public IReadOnlyList<FeatureShare> Importance { get; private set; } = [];

    public IEnumerable<WindowModel> Fit(Action<string> progress, CancellationToken cancellation)
    {
        float[] rows = _rows.Columns(Columns);
        float[] labels = _rows.Labels.ToArray();
        int width = Columns.Length, threads = _options.MaxThreads;
        ulong seed = _options.Seed;
        progress("random forest");
        yield return Calibrated(ModelNames.RandomForest, RandomForestClassifier.Fit(rows, labels, width,
            new RandomForestClassifierOptions { Trees = 300, MaxDepth = 15, MinRowsInLeaf = 3, Weighting = ClassWeighting.Balanced, Seed = seed, MaxThreads = threads }));

        cancellation.ThrowIfCancellationRequested();
        progress("XGBoost-style boosting");
        SearchPoint? level = Tune(ModelNames.Xgboost, BoosterSpace().Integer("max_depth", 3, 7), 9, (point, rounds) => LevelWise(point, rounds, threads: 1), cancellation);
        yield return Calibrated(ModelNames.Xgboost, LevelWiseBooster.Fit(rows, labels, width, LevelWise(level, 1, threads)));

        cancellation.ThrowIfCancellationRequested();
        progress("LightGBM-style boosting");
        SearchPoint? leaf = Tune(ModelNames.Lightgbm, BoosterSpace().Choice("max_leaves", 7, 15, 31), 9, (point, rounds) => LeafWise(point, rounds, threads: 1), cancellation);
        LeafWiseBooster lightgbm = LeafWiseBooster.Fit(rows, labels, width, LeafWise(leaf, 1, threads));
        Importance = ImportanceOf(lightgbm.GainImportances);
        yield return Calibrated(ModelNames.Lightgbm, lightgbm);

        cancellation.ThrowIfCancellationRequested();
        progress("gradient boosting");
        TrainingRows few = _rows.Thin(MaxExactRows);
        yield return Calibrated(ModelNames.GradientBoosting, GradientBoosting.Fit(few.Columns(Columns), few.Labels, width,
            new GradientBoostingOptions { Rounds = 100, MaxDepth = 3, MinRowsInLeaf = 5, RowFraction = 0.8, Seed = seed, MaxThreads = threads }));

        cancellation.ThrowIfCancellationRequested();
        progress("dense network");
        yield return Calibrated(ModelNames.Dense, DenseNetwork.Fit(rows, labels, width, new DenseNetworkOptions { Epochs = 25, Dropout = 0.2f, Seed = seed, Patience = 5 }, cancellation));
    }

    private static SearchSpace BoosterSpace() =>
        new SearchSpace().LogUniform("learning_rate", 0.03, 0.3).LogUniform("l2", 0.1, 30).Choice("rounds", 60, 120, 200).Uniform("column_fraction", 0.4, 1);

    private LevelWiseBoosterOptions LevelWise(SearchPoint? point, double share, int threads)
    {
        var options = new LevelWiseBoosterOptions { Rounds = 120, LearningRate = 0.1, MaxDepth = 5, L2 = 5, ColumnFraction = 0.7, MinChildWeight = 5, RowFraction = 0.8, Seed = _options.Seed, MaxThreads = threads };
        return point is null ? options : options with
        {
            Rounds = Math.Max(5, (int)(point["rounds"] * share)),
            LearningRate = point["learning_rate"],
            MaxDepth = point.Integer("max_depth"),
            L2 = point["l2"],
            ColumnFraction = point["column_fraction"],
        };
    }

    private LeafWiseBoosterOptions LeafWise(SearchPoint? point, double share, int threads)
    {
        var options = new LeafWiseBoosterOptions { Rounds = 120, LearningRate = 0.1, MaxLeaves = 15, L2 = 5, ColumnFraction = 0.7, RowFraction = 0.8, Seed = _options.Seed, MaxThreads = threads };
        return point is null ? options : options with
        {
            Rounds = Math.Max(5, (int)(point["rounds"] * share)),
            LearningRate = point["learning_rate"],
            MaxLeaves = point.Integer("max_leaves"),
            L2 = point["l2"],
            ColumnFraction = point["column_fraction"],
        };
    }

    private SearchPoint? Tune(string model, SearchSpace space, int candidates, Func<SearchPoint, double, object> optionsOf, CancellationToken cancellation)
    {
        if (!_options.Tune || _tuningTest.AttackCount == 0 || _tuningRows.AttackCount < MinAttacks) return null;
        float[] rows = _tuningRows.Columns(Columns), labels = _tuningRows.Labels.ToArray(), tests = _tuningTest.Columns(Columns), truth = _tuningTest.Labels.ToArray();
        var found = SuccessiveHalving.Run(space, new SuccessiveHalvingOptions { Candidates = candidates, MinBudget = 0.2, Seed = _options.Seed, MaxThreads = _options.MaxThreads }, (point, share) =>
        {
            IBinaryClassifier fitted = optionsOf(point, share) switch
            {
                LevelWiseBoosterOptions level => LevelWiseBooster.Fit(rows, labels, Columns.Length, level),
                var leaf => LeafWiseBooster.Fit(rows, labels, Columns.Length, (LeafWiseBoosterOptions)leaf),
            };
            float[] votes = new float[truth.Length];
            fitted.PredictProbability(tests, votes);
            return Ranking.AveragePrecision(truth, votes);
        }, cancellation: cancellation);
        foreach ((string setting, double value) in found.Best.Point.Values) _settings[$"{model}.{setting}"] = Math.Round(value, 4);
        return found.Best.Point;
    }

    /// <summary>Columns that tell more about the label than chance does, at most so many. How long somebody has been here tells about labels how long whoever made the attacks lets them last.</summary>
    private int[] SelectColumns()
    {
        const int bins = 16;
        double[] information = FeatureSelection.MutualInformation(_rows.Values, _rows.Labels, WindowFeatures.Count, bins);
        double noise = 4.0 * bins / (2 * _rows.Count);
        int[] telling = [.. Enumerable.Range(0, information.Length).Where(i => information[i] > noise && i is not (WindowFeatures.SessionMinutes or WindowFeatures.KnownMinutes)).OrderByDescending(i => information[i]).ThenBy(static i => i).Take(MaxColumns).Order()];
        return telling.Length > 0 ? telling : [.. Enumerable.Range(0, WindowFeatures.BasicCount)];
    }

    private WindowModel Calibrated(string name, IBinaryClassifier model)
    {
        float[] probabilities = new float[_calibration.Count];
        model.PredictProbability(_calibration.Columns(Columns), probabilities);
        return WindowModel.OfClassifier(name, model, Columns, PlattCalibrator.Fit(probabilities, _calibration.Labels));
    }

    /// <summary>With several streams, settings are tried on the last one and learnt from the others; with one, on its later part.</summary>
    private static (TrainingRows Rows, TrainingRows Test) Split(IReadOnlyList<LabelledStream> streams)
    {
        if (streams.Count == 0) return (new TrainingRows(), new TrainingRows());
        if (streams.Count == 1)
        {
            TrainingRows all = streams[0].Training;
            int kept = all.Count * 3 / 4;
            return (all.Slice(0, kept).Thin(MaxTuningRows / 2), all.Slice(kept, all.Count - kept).Thin(MaxTuningRows / 2));
        }
        TrainingRows rows = TrainingRows.Concat([.. streams.Take(streams.Count - 1).Select(static stream => stream.Training)]);
        return (rows.Thin(MaxTuningRows / 2), streams[^1].Training.Thin(MaxTuningRows / 2));
    }

    private FeatureShare[] ImportanceOf(ReadOnlySpan<float> gains)
    {
        var shares = new FeatureShare[Columns.Length];
        for (int i = 0; i < shares.Length; i++) shares[i] = new FeatureShare(WindowFeatures.All[Columns[i]].Name, Math.Round(gains[i], 5));
        return [.. shares.OrderByDescending(static share => share.Share).ThenBy(static share => share.Name, StringComparer.Ordinal)];
    }
}
