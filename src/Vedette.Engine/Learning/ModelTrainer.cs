using Vedette.ML.Drift;
using Vedette.ML.Forests;

namespace Vedette.Engine.Learning;

/// <summary>Trains all models: on the user's own windows what is ordinary, on labelled windows what attacks are, on sequences in which order requests come.</summary>
/// <remarks>
/// A pure function of data, options and seed, on any number of threads. Splits are by time: the latest part of everything is held out, to calibrate and to measure. Without labelled windows the
/// supervised models stay not ready; without enough own windows the ordinary ones among the labelled stand in for them.
/// </remarks>
public static class ModelTrainer
{
    private const int MinOwnWindows = 300;
    private const int MinWindows = 60;
    private const int MaxFailureRows = 20_000;
    private const int Steps = 16;

    /// <summary>Trains.</summary>
    /// <param name="own">What was gathered from the user's own traffic.</param>
    /// <param name="labelled">Labelled windows, one entry for each stream of traffic; may be none.</param>
    /// <param name="options">Seed, split and effort.</param>
    /// <param name="progress">Told before each step, on this thread.</param>
    /// <param name="cancellation">Stops between two steps of the work.</param>
    /// <exception cref="ArgumentException">Too few windows, own and labelled together, or options out of range; the message says what is missing.</exception>
    public static ModelSet Train(
        TrainingData own, IReadOnlyList<LabelledWindows> labelled, TrainerOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        string problems = string.Join(' ', options.Problems());
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(options));
        int step = 0;
        void Report(string what)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new TrainingProgress(what, Math.Min(1, step++ / (double)Steps)));
        }

        Report("rows");
        // Twice what an even share of the streams would be: one of them may have few.
        int most = Math.Max(MinWindows, options.MaxLabelled / Math.Max(1, labelled.Count));
        LabelledStream[] streams = [.. labelled.Where(static windows => windows.Count >= MinWindows).Select(windows => new LabelledStream(windows, options.HoldOut, most)).Where(static stream => stream.Raw.Count >= MinWindows)];
        WindowSample[] judged = [.. own.Windows.Where(static window => !window.IsSuspect && WindowScorer.IsJudged(window.Row))];
        bool hasOwnOrdinary = judged.Length >= MinOwnWindows || streams.Length == 0;
        OrdinaryRows ordinary = OrdinaryRows.Of(hasOwnOrdinary ? judged : [], streams, options.HoldOut);
        if (ordinary.Count < MinWindows)
            throw new ArgumentException($"{ordinary.Count} windows with at least {WindowScorer.MinRequests} requests are too few to learn from; {MinWindows} are needed. Give more traffic, or labelled windows.", nameof(own));

        var models = new List<WindowModel>(UnsupervisedTraining.Fit(ordinary.Training, ordinary.Later, options, Report, cancellation));
        var supervised = new SupervisedTraining(streams, options);
        if (supervised.IsPossible) models.AddRange(supervised.Fit(Report, cancellation));
        Report("usage classes");
        UsageClasses usage = UsageClasses.Fit(ordinary.Training, ordinary.RawTraining, WindowFeatures.Count, options.Seed);
        Report("failures");
        RandomForestClassifier? failure = FitFailures(ordinary, streams, options);
        Report("routes");
        Vocabulary vocabulary = RequestTraining.LearnRoutes(own);
        Report("requests");
        RequestModels? requests = RequestTraining.Fit(own, vocabulary, options);
        List<SequenceModel> sequences = [.. SequenceTraining.Fit(own, vocabulary, options, Report, cancellation)];
        Report("measuring");
        var parts = new ModelParts
        {
            Scale = ordinary.Scale,
            WindowModels = [.. models.OrderBy(static model => IndexOf(model.Name))],
            Usage = usage,
            Failure = failure,
            Vocabulary = vocabulary,
            SequenceModels = sequences,
            Requests = requests,
            Drift = judged.Length >= MinOwnWindows ? DriftReference.Fit(judged.SelectMany(static window => window.Row).ToArray(), WindowFeatures.Count) : null,
            ConsensusNull = [.. Enumerable.Range(0, 10).Select(static i => i / 10.0)],
        };
        parts = parts with { ConsensusNull = ModelMeasure.ConsensusOf(parts, ordinary.LaterWindows, own.Templates, options) };
        return new ModelSet(parts, new ModelLineage
        {
            Seed = options.Seed,
            Schema = ModelSet.Schema,
            Events = own.Events,
            From = own.Events == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(own.FirstMicros * 10),
            To = own.Events == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(own.LastMicros * 10),
            Windows = own.WindowCount,
            Requests = own.RequestCount,
            Sequences = own.SequenceCount,
            HasOwnOrdinary = hasOwnOrdinary,
            Labelled = [.. labelled.Select(static windows => new LabelledSource(windows.Source, windows.Count, windows.AttackCount))],
            Metrics = ModelMeasure.Measure(parts, streams, options),
            Settings = supervised.Settings,
            Importance = supervised.Importance,
        });
    }

    private static int IndexOf(string name)
    {
        for (int i = 0; i < ModelNames.All.Count; i++)
            if (ModelNames.All[i] == name) return i;
        return ModelNames.All.Count;
    }

    private static RandomForestClassifier? FitFailures(OrdinaryRows ordinary, IReadOnlyList<LabelledStream> streams, TrainerOptions options)
    {
        var rows = new List<float>();
        var labels = new List<float>();
        void Add(ReadOnlySpan<float> row)
        {
            rows.AddRange(row[..WindowFeatures.BasicCount]);
            labels.Add(ModelSet.IsFailing(row) ? 1 : 0);
        }

        int width = WindowFeatures.Count, all = ordinary.RawTraining.Length / width + streams.Sum(static stream => stream.Raw.Count), step = Math.Max(1, (all + MaxFailureRows - 1) / MaxFailureRows);
        for (int i = 0; i < ordinary.RawTraining.Length / width; i += step) Add(ordinary.RawTraining.AsSpan(i * width, width));
        foreach (LabelledStream stream in streams)
            for (int i = 0; i < stream.Raw.Count; i += step) Add(stream.Raw.Row(i));
        if (!labels.Contains(1) || !labels.Contains(0)) return null;
        return RandomForestClassifier.Fit([.. rows], [.. labels], WindowFeatures.BasicCount,
            new RandomForestClassifierOptions { Trees = 300, MaxDepth = 15, Weighting = Vedette.ML.ClassWeighting.Balanced, Seed = options.Seed, MaxThreads = options.MaxThreads });
    }
}
