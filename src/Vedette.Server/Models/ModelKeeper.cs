using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Lab.Training;
using Vedette.Server.Analysis;

namespace Vedette.Server.Models;

/// <summary>The life of the models: loaded at start, trained after the warm-up and on drift, adopted, kept in versions, rolled back. Thread-safe.</summary>
internal sealed partial class ModelKeeper(ModelDirectory directory, ModelOptions options, LearningOptions learning, FeedbackLabels feedback, AnalysisLoop analysis, DetectionEngine engine, RequestJudge judge, TimeProvider time, ILogger<ModelKeeper> logger) : IDisposable
{
    /// <summary>Requests a minute of the simulated traffic.</summary>
    private const double SimulatedRate = 300;

    private const ulong Seed = 1;

    private static readonly TimeSpan DriftInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastBetweenTrainings = TimeSpan.FromHours(12);

    /// <summary>While there are no models at all: what was too little may soon be enough.</summary>
    private static readonly TimeSpan LeastBetweenAttempts = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _training = new(1);
    private readonly Lock _labelsLock = new();
    private IReadOnlyList<LabelledWindows>? _labels;
    private volatile ModelSet? _models;
    private volatile DriftReport? _drift;
    private DateTimeOffset _attemptedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _comparedAt = DateTimeOffset.MinValue;
    private long _eventsAtAdoption;
    private bool _hasLeftovers;

    /// <summary>The models at work; null if there are none.</summary>
    public ModelSet? Active => _models;

    /// <summary>How far traffic has moved from what they learnt, as of the last hour; null while unknown.</summary>
    public DriftReport? Drift => _drift;

    public bool IsTraining => _training.CurrentCount == 0;

    /// <summary>What has been gathered so far.</summary>
    public LearningStatus Status => engine.Learning;

    public IReadOnlyList<ModelVersion> Versions => directory.List();

    /// <summary>Whether it trains by itself.</summary>
    public bool TrainsAutomatically { get; set; } = options.TrainAutomatically;

    /// <summary>warmup, training, waiting (models are there, nothing has come since) or ensemble.</summary>
    public string Phase
    {
        get
        {
            if (_models is not null) return analysis.State.Events > Interlocked.Read(ref _eventsAtAdoption) ? "ensemble" : "waiting";
            return IsTraining ? "training" : Status.Phase == LearningPhase.Warmup || !TrainsAutomatically ? "warmup" : "training";
        }
    }

    /// <summary>Loads what is active on disk, or the one file of the settings. A file that cannot be used is told of and left alone; the newest version before it that can be used is put to work in its place.</summary>
    public void LoadAtStart()
    {
        try
        {
            if (Read() is { } models)
            {
                Adopt(models);
                // A restart is no reason to train again sooner.
                _attemptedAt = models.Lineage.CreatedAt ?? DateTimeOffset.MinValue;
            }
        }
        catch (InvalidDataException e)
        {
            LogUnusable(e.Message);
            if (options.Path.Length == 0) LoadEarlier();
        }
        if (options.ScalerPath.Length > 0) LogScaler(options.ScalerPath);
    }

    /// <summary>The replay is over: what it brought had been seen before, and is nothing that has come since.</summary>
    public void BeginAfterReplay() => Interlocked.Exchange(ref _eventsAtAdoption, analysis.State.Events);

    /// <summary>Reads the active version again, as another process may have changed it; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; what is at work stays.</exception>
    public ModelSet? Reload()
    {
        if (Read() is not { } models) return null;
        Adopt(models);
        return models;
    }

    /// <summary>Makes a version the active one.</summary>
    /// <exception cref="InvalidDataException">There is none of this name, or it cannot be used; what is at work stays.</exception>
    public ModelSet Activate(string version)
    {
        ModelSet models = directory.Activate(version);
        Adopt(models);
        return models;
    }

    /// <summary>Trains on what was gathered from live traffic, or on the samples given; null if a training runs already.</summary>
    /// <exception cref="ArgumentException">There is too little to learn from; the message says what is missing.</exception>
    public async Task<ModelSet?> TrainAsync(TrainingData? samples, TrainerOptions trainer, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (!await _training.WaitAsync(0, cancellationToken)) return null;
        try
        {
            _attemptedAt = time.GetUtcNow();
            TrainingData own = samples ?? await analysis.AskAsync(static engine => engine.SnapshotTraining(), cancellationToken);
            long started = Stopwatch.GetTimestamp();
            own = own.With(await feedback.ReadAsync(cancellationToken), out LabelledWindows? judged);
            IReadOnlyList<LabelledWindows> labelled = await RunAsync(() => Labels(judged, trainer.MaxThreads, cancellationToken));
            // The engines of the simulations are tens of megabytes that nothing else would ask for now. Not collected by the quiet thread: all others wait for a collection.
            GiveMemoryBack();
            ModelSet trained = await RunAsync(() => ModelTrainer.Train(own, labelled, trainer with { Learning = learning }, progress, cancellationToken));
            trained = directory.Add(trained, time.GetUtcNow());
            Adopt(trained);
            LogTrained(trained.Version, Stopwatch.GetElapsedTime(started).TotalSeconds);
            return trained;
        }
        finally
        {
            _training.Release();
            _hasLeftovers = true;
        }

        Task<T> RunAsync<T>(Func<T> work) => trainer.MaxThreads == 1 ? QuietThread.RunAsync(work) : Task.Run(work, cancellationToken);
    }

    /// <summary>Looks whether it is time to train, or to compare; called every second or so.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        if (IsTraining) return;
        if (Interlocked.Exchange(ref _hasLeftovers, false))
        {
            // A training needs several times the memory that the server does, and the next one may be days away. Collected here and not as it ends, when its callers still hold the rows.
            lock (_labelsLock) _labels = null;
            GiveMemoryBack();
        }
        if (!TrainsAutomatically) return;
        DateTimeOffset now = time.GetUtcNow();
        bool isDue = _models is null && Status.Phase != LearningPhase.Warmup && analysis.State.Replayed >= 1;
        if (_models is not null && now - _comparedAt > DriftInterval)
        {
            _comparedAt = now;
            _drift = await analysis.AskAsync(static engine => engine.CompareWithTraining(), cancellationToken);
            isDue = _drift is { IsDrifting: true };
        }
        if (!isDue || now - _attemptedAt < (_models is null ? LeastBetweenAttempts : LeastBetweenTrainings)) return;
        try
        {
            // One thread that comes last: taking traffic matters more than being done soon.
            await TrainAsync(null, new TrainerOptions { Seed = Seed, MaxThreads = 1 }, null, cancellationToken);
        }
        catch (ArgumentException e)
        {
            LogTooLittle(e.Message);
        }
        catch (IOException e)
        {
            LogNotKept(e.Message);
        }
    }

    public void Dispose() => _training.Dispose();

    private static void GiveMemoryBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private ModelSet? Read()
    {
        try
        {
            if (options.Path.Length == 0) return directory.LoadActive();
            using FileStream file = File.OpenRead(options.Path);
            return ModelSet.Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || (e is InvalidDataException && options.Path.Length > 0))
        {
            throw new InvalidDataException(options.Path.Length > 0 ? $"{options.Path}: {e.Message}" : e.Message, e);
        }
    }

    private void LoadEarlier()
    {
        List<ModelVersion> versions = [.. directory.List()];
        foreach (ModelVersion version in versions.Skip(versions.FindIndex(static version => version.IsActive) + 1))
        {
            try
            {
                Adopt(directory.Load(version.Version));
                LogEarlier(version.Version);
                return;
            }
            catch (InvalidDataException e)
            {
                LogUnusable(e.Message);
            }
        }
    }

    private void Adopt(ModelSet models)
    {
        Interlocked.Exchange(ref _eventsAtAdoption, analysis.State.Events);
        engine.Adopt(models);
        judge.Adopt(models);
        _models = models;
        _drift = null;
        LogAdopted(models.Version, string.Join(", ", models.Ready));
    }

    /// <summary>Attacks to learn from: what people have confirmed, and simulated ones, which are always the same; made once for trainings that follow each other.</summary>
    private IReadOnlyList<LabelledWindows> Labels(LabelledWindows? judged, int maxThreads, CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelledWindows> simulated = [];
        lock (_labelsLock)
        {
            if (options.SimulatedHours > 0)
                simulated = _labels ??= SimulatedWindows.Make(options.SimulatedHours / Lab.Simulation.TrafficSimulator.ApiNames.Count, SimulatedRate, Seed, null, maxThreads, cancellationToken);
        }
        return judged is null ? simulated : [judged, .. simulated];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Models {Version} are at work: {Models}.")]
    private partial void LogAdopted(string version, string models);

    [LoggerMessage(Level = LogLevel.Information, Message = "Trained models {Version} in {Seconds:0.0} s.")]
    private partial void LogTrained(string version, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Models on disk cannot be used: {Reason}")]
    private partial void LogUnusable(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The earlier version {Version} is at work instead of the active one.")]
    private partial void LogEarlier(string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No models could be trained yet: {Reason}")]
    private partial void LogTooLittle(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The trained models could not be kept: {Reason}")]
    private partial void LogNotKept(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "SCALER_PATH {Path} is not read: a model file holds its scaling.")]
    private partial void LogScaler(string path);
}
