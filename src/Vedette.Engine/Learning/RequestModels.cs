using Vedette.ML.Files;
using Vedette.ML.Isolation;
using Vedette.ML.Tails;

namespace Vedette.Engine.Learning;

/// <summary>The isolation forest over single requests. Immutable, thread-safe.</summary>
internal sealed class RequestModels
{
    private readonly FeatureScale _scale;
    private readonly IsolationForest _forest;
    private readonly ConformalTail _tail;

    public RequestModels(FeatureScale scale, IsolationForest forest, ReadOnlySpan<double> ordinaryScores)
    {
        (_scale, _forest) = (scale, forest);
        _tail = ConformalTail.Fit(ordinaryScores);
        Threshold = ThresholdOf(ordinaryScores);
    }

    private RequestModels(FeatureScale scale, IsolationForest forest, ConformalTail tail, float threshold) => (_scale, _forest, _tail, Threshold) = (scale, forest, tail, threshold);

    public FeatureScale Scale => _scale;

    /// <summary>The score that one ordinary request in twenty exceeds.</summary>
    public float Threshold { get; }

    /// <summary>Scores one request.</summary>
    /// <param name="row">Its features, which are overwritten.</param>
    /// <param name="vote">How strange, in [0, 1): 0.5 for one in twenty.</param>
    /// <returns>The forest's score, in (0, 1].</returns>
    public float Score(Span<float> row, out float vote)
    {
        _scale.Apply(row, row);
        float score = 0;
        _forest.Score(row, new Span<float>(ref score));
        vote = VoteScale.Vote(_tail.PValue(score));
        return score;
    }

    /// <summary>Which features made a row, scaled by <see cref="Score"/>, strange.</summary>
    public void Explain(ReadOnlySpan<float> scaled, Span<double> contributions) => _forest.Contributions(scaled, contributions);

    public void Write(ModelWriter writer)
    {
        _scale.Write(writer);
        writer.WriteNested(_forest.Save);
        writer.WriteNested(_tail.Save);
        writer.Write(Threshold);
    }

    public static RequestModels Read(ModelReader reader)
    {
        FeatureScale scale = FeatureScale.Read(reader, RequestFeatures.Count);
        IsolationForest forest = reader.ReadNested(IsolationForest.Load);
        if (forest.FeatureCount != RequestFeatures.Count) throw new InvalidDataException($"The model file's forest of requests has {forest.FeatureCount} columns; {RequestFeatures.Count} are needed.");
        return new RequestModels(scale, forest, reader.ReadNested(ConformalTail.Load), reader.ReadSingle());
    }

    private static float ThresholdOf(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        return (float)sorted[Math.Min(sorted.Length - 1, (int)((1 - VoteScale.Contamination) * sorted.Length))];
    }
}
