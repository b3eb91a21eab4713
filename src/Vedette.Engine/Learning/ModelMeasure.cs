using Vedette.ML.Metrics;

namespace Vedette.Engine.Learning;

/// <summary>Measures models on windows that they have not learnt from.</summary>
internal static class ModelMeasure
{
    private const string ConsensusName = "consensus";
    private static readonly ParallelOptions Alone = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Consensus scores of ordinary windows.</summary>
    public static double[] ConsensusOf(ModelParts parts, WindowRows windows, IReadOnlyList<string?> templates, TrainerOptions options)
    {
        WindowScores scores = Score(parts, windows, [.. templates.Select(template => template is null ? -1 : parts.Vocabulary.IndexOf(template))], options);
        var consensus = new List<double>();
        var lessons = new StrangeLessons();
        for (int i = 0; i < scores.Count; i++)
        {
            ref readonly WindowMeta window = ref windows.Meta(i);
            if (scores.Anomaly(i) < 0.5 || window.Key == 0 || lessons.Admit(window.Key, window.Time)) consensus.Add(scores.Anomaly(i));
        }
        return [.. consensus];
    }

    /// <summary>Metrics of every model and of the consensus, over the later windows of all streams together, each scaled to its stream.</summary>
    public static IReadOnlyList<ModelMetrics> Measure(ModelParts parts, IReadOnlyList<LabelledStream> streams, TrainerOptions options)
    {
        var labels = new List<float>();
        var votes = new SortedDictionary<int, List<float>>();
        var consensus = new List<float>();
        IReadOnlyList<string> names = [];
        foreach (LabelledStream stream in streams)
        {
            var windows = new WindowRows();
            for (int i = 0; i < stream.Test.Count; i++) stream.Test.Row(i).CopyTo(windows.Add(new WindowMeta()));
            WindowScores scores = Score(parts with { Scale = stream.Scale }, windows, [], options);
            names = scores.Models;
            labels.AddRange(stream.Test.Labels);
            consensus.AddRange(scores.Anomalies);
            for (int model = 0; model < names.Count; model++)
            {
                if (!votes.TryGetValue(model, out List<float>? column)) votes.Add(model, column = []);
                column.AddRange(scores.Column(model));
            }
        }
        if (!labels.Contains(1) || !labels.Contains(0)) return [];
        return
        [
            .. votes.Where(static pair => !pair.Value.Exists(float.IsNaN)).Select(pair => Of(names[pair.Key], [.. labels], [.. pair.Value])),
            Of(ConsensusName, [.. labels], [.. consensus]),
        ];
    }

    private static ModelMetrics Of(string name, float[] labels, float[] votes)
    {
        ConfusionMatrix matrix = ConfusionMatrix.At(labels, votes, 0.5f);
        return new ModelMetrics(name, labels.Length, matrix.TruePositives + matrix.FalseNegatives, Math.Round(matrix.Precision, 4), Math.Round(matrix.Recall, 4), Math.Round(matrix.F1, 4),
            Math.Round(Ranking.RocAuc(labels, votes), 4), matrix.FalsePositives);
    }

    private static WindowScores Score(ModelParts parts, WindowRows windows, int[] routes, TrainerOptions options)
    {
        var scorer = new WindowScorer(new ModelSet(parts, Placeholder), options.Learning);
        var scores = new WindowScores();
        scorer.Score(windows, routes, scores, Alone, learns: false);
        return scores;
    }

    /// <summary>What is measured has no lineage yet.</summary>
    private static ModelLineage Placeholder => new()
    {
        Seed = 0, Schema = ModelSet.Schema, Events = 0, From = null, To = null, Windows = 0, Requests = 0, Sequences = 0, Labelled = [], Metrics = [], Settings = new Dictionary<string, double>(), Importance = [],
    };
}
