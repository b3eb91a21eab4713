using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>Asks all models of a set about the windows of a tick, and turns their scores into votes by what is ordinary of late.</summary>
/// <remarks>
/// Scoring is divided among threads; each window's result depends on itself alone. Lessons are taken one after the other, in the order of the windows. Windows of callers that have hardly done
/// anything are not judged: all their votes are 0.
/// </remarks>
internal sealed class WindowScorer
{
    /// <summary>Requests in ten minutes below which there is nothing to judge.</summary>
    public const int MinRequests = 5;

    private const int ChunkRows = 256;

    private readonly RecentNull?[] _nulls;
    private readonly Consensus _consensus;
    private readonly RecentNull _consensusNull;
    private float[] _rows = [];
    private float[] _scaled = [];

    public WindowScorer(ModelSet models, LearningOptions options)
    {
        Models = models;
        Names = [.. models.Parts.WindowModels.Select(static model => model.Name), .. models.Parts.SequenceModels.Select(static model => model.Name)];
        _nulls = [.. models.Parts.WindowModels.Select(static model => model.NullScores.IsEmpty ? null : new RecentNull(model.NullScores)), .. models.Parts.SequenceModels.Select(static model => new RecentNull(model.NullScores))];
        _consensus = new Consensus(Names, options);
        _consensusNull = new RecentNull(models.Parts.ConsensusNull);
    }

    public ModelSet Models { get; }

    /// <summary>Names of the models, in the order of votes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Windows judged so far.</summary>
    public long Judged { get; private set; }

    /// <summary>Chance of a consensus at least as high in ordinary traffic.</summary>
    public double PValue(double consensus) => _consensusNull.PValue(consensus);

    /// <summary>Judges windows.</summary>
    /// <param name="windows">The windows of a tick.</param>
    /// <param name="routes">Index in the vocabulary by the engine's route id.</param>
    /// <param name="scores">Receives everything.</param>
    /// <param name="parallel">How many threads may help.</param>
    /// <param name="learns">Whether ordinary windows count from now on for what is ordinary.</param>
    public void Score(WindowRows windows, int[] routes, WindowScores scores, ParallelOptions parallel, bool learns = true)
    {
        scores.Reset(Names, windows.Count);
        if (_rows.Length < windows.Values.Length) (_rows, _scaled) = (new float[windows.Values.Length], new float[windows.Values.Length]);
        windows.Values.CopyTo(_rows);
        int chunks = (windows.Count + ChunkRows - 1) / ChunkRows;
        if (chunks > 1 && parallel.MaxDegreeOfParallelism != 1) Parallel.For(0, chunks, parallel, chunk => ScoreChunk(windows, chunk, routes, scores));
        else for (int chunk = 0; chunk < chunks; chunk++) ScoreChunk(windows, chunk, routes, scores);
        for (int model = 0; model < Names.Count; model++) ToVotes(model, windows, scores, learns);
        Weigh(windows, scores, learns);
    }

    /// <summary>A row as the models see it.</summary>
    public ReadOnlySpan<float> Scaled(int window) => _scaled.AsSpan(window * WindowFeatures.Count, WindowFeatures.Count);

    /// <summary>The mean vote of the supervised models; NaN if there are none.</summary>
    public float Supervised(WindowScores scores, int window)
    {
        _consensus.Of(scores.Votes(window), out float supervised);
        return supervised;
    }

    private static bool IsJudged(ReadOnlySpan<float> row) => row[WindowFeatures.RequestsTenMinutes] >= MinRequests;

    private void ScoreChunk(WindowRows windows, int chunk, int[] routes, WindowScores scores)
    {
        int width = WindowFeatures.Count, first = chunk * ChunkRows, count = Math.Min(ChunkRows, windows.Count - first);
        ReadOnlySpan<float> rows = _rows.AsSpan(first * width, count * width);
        Span<float> scaled = _scaled.AsSpan(first * width, count * width);
        Models.Parts.Scale.Apply(rows, scaled);
        for (int model = 0; model < Models.Parts.WindowModels.Count; model++) Models.Parts.WindowModels[model].Score(scaled, width, scores.Column(model).Slice(first, count));
        ScoreSequences(windows, first, count, routes, scores);
        ScoreFailures(rows, scores.FailureProbabilities.Slice(first, count));
        for (int i = 0; i < count; i++)
            scores.UsageClasses[first + i] = Models.Parts.Usage.Of(scaled.Slice(i * width, width), out scores.BotProbabilities[first + i]);
    }

    private void ScoreSequences(WindowRows windows, int first, int count, int[] routes, WindowScores scores)
    {
        if (Models.Parts.SequenceModels.Count == 0) return;
        Span<int> tokens = stackalloc int[TokenRing.Capacity];
        for (int i = first; i < first + count; i++)
        {
            int length = ModelSet.Translate(windows.Meta(i).Tokens, routes, tokens);
            // What one route alone was asked for over and over is no sequence.
            bool isSequence = length >= SequenceModel.MinTokens && IsJudged(windows.Row(i)) && tokens[..length].ContainsAnyExcept(tokens[0]);
            for (int model = 0; model < Models.Parts.SequenceModels.Count; model++)
                scores.Column(Models.Parts.WindowModels.Count + model)[i] = isSequence ? (float)Models.Parts.SequenceModels[model].Score(tokens[..length]) : float.NaN;
        }
    }

    private void ScoreFailures(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        int width = WindowFeatures.Count;
        if (Models.Parts.Failure is null)
        {
            for (int i = 0; i < probabilities.Length; i++) probabilities[i] = ModelSet.IsFailing(rows.Slice(i * width, width)) ? 1 : 0;
            return;
        }
        float[] basic = new float[probabilities.Length * WindowFeatures.BasicCount];
        for (int i = 0; i < probabilities.Length; i++) rows.Slice(i * width, WindowFeatures.BasicCount).CopyTo(basic.AsSpan(i * WindowFeatures.BasicCount));
        Models.Parts.Failure.PredictProbability(basic, probabilities);
    }

    private void ToVotes(int model, WindowRows windows, WindowScores scores, bool learns)
    {
        Span<float> column = scores.Column(model);
        for (int i = 0; i < column.Length; i++)
        {
            if (float.IsNaN(column[i])) continue;
            if (!IsJudged(windows.Row(i)))
            {
                column[i] = 0;
                continue;
            }
            if (_nulls[model] is not { } ordinary)
            {
                column[i] = Models.Parts.WindowModels[model].Calibrate(column[i]);
                continue;
            }
            float raw = column[i];
            column[i] = VoteScale.Vote(ordinary.PValue(raw));
            if (learns && windows.Meta(i).Raised == 0) ordinary.Learn(raw);
        }
    }

    private void Weigh(WindowRows windows, WindowScores scores, bool learns)
    {
        for (int i = 0; i < scores.Count; i++)
        {
            scores.Anomalies[i] = _consensus.Of(scores.Votes(i));
            if (!IsJudged(windows.Row(i))) continue;
            Judged++;
            if (learns && windows.Meta(i).Raised == 0) _consensusNull.Learn(scores.Anomalies[i]);
        }
    }
}
