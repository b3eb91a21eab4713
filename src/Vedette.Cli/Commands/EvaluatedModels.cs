using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Lab.Simulation;
using Vedette.Lab.Training;
using LabFormat = Vedette.Lab.Output.LogFormat;

namespace Vedette.Cli.Commands;

/// <summary>The models an evaluation measures: given ones, none, or such as a server would have trained by itself, on simulated traffic of seeds that are not measured.</summary>
internal sealed class EvaluatedModels(string? given, double hours, ulong seed, EngineOptions options, CancellationToken cancellationToken)
{
    public const string None = "none";

    private const double Rate = 300;

    /// <summary>Added to the seed of the measured traffic.</summary>
    private const ulong OtherSeeds = 1_000_000;

    private readonly ModelSet? _given = given == None ? null : ModelsOption.Load(given);
    private readonly Dictionary<string, ModelSet> _trained = new(StringComparer.Ordinal);
    private IReadOnlyList<LabelledWindows>? _labelled;

    /// <summary>The models that judge a log.</summary>
    public ModelSet? ForLog() => For(TrafficSimulator.ApiNames[0]);

    /// <summary>The models that judge an API: where none were given, trained on ordinary traffic of its own and on attacks on all of them.</summary>
    public ModelSet? For(string api)
    {
        if (given is not null) return _given;
        if (!_trained.TryGetValue(api, out ModelSet? models)) _trained.Add(api, models = Train(api));
        return models;
    }

    private ModelSet Train(string api)
    {
        bool isTerminal = !Console.IsErrorRedirected;
        if (isTerminal) Console.Error.Write($"\rtraining models on simulated traffic ");
        double each = hours / TrafficSimulator.ApiNames.Count;
        _labelled ??= SimulatedWindows.Make(each, Rate, seed + OtherSeeds, cancellation: cancellationToken);
        var own = new SimulationOptions { Api = api, Duration = TimeSpan.FromHours(each), RequestsPerMinute = Rate, Seed = seed + 2 * OtherSeeds, Bodies = false };
        ModelSet models = ModelTrainer.Train(GatheredTraffic.Of(own, LabFormat.Json, options, cancellationToken), _labelled, new TrainerOptions { Tune = false, Learning = options.Learning }, cancellation: cancellationToken);
        if (isTerminal) Console.Error.Write("\r\u001b[K");
        return models;
    }
}
