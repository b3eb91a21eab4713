using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>Asks all models of a set about the windows of a tick, and turns their scores into votes by what is ordinary of late.</summary>
/// <remarks>
/// Scoring is divided among threads; each window's result depends on itself alone. Lessons are taken one after the other, in the order of the windows. Windows of callers that have hardly done
/// anything are not judged, unless they carry a payload: all their votes are 0. Whoever crawls or monitors, says so and carries no payload is strange by profession: its consensus stays below one half.
/// </remarks>
internal sealed class WindowScorer
{
    /// <summary>Requests in ten minutes below which there is nothing to judge, but for a payload.</summary>
    public const int MinRequests = 5;

    /// <summary>What the signatures score from which on a window carries a payload.</summary>
    private const float PayloadScore = 0.5f;

    /// <summary>Highest consensus about a polite program.</summary>
    private const float MostOfPolite = 0.49f;

    private const int ChunkRows = 256;

    private readonly RecentNull?[] _nulls;
    private readonly Consensus _consensus;
    private readonly RecentNull _consensusNull;
    private readonly StrangeLessons _lessons = new();
    private readonly List<int> _judged = [];
    private readonly TrafficScale _scale;
    private float[] _raw = [];

    public WindowScorer(ModelSet models, LearningOptions options)
    {
        Models = models;
        _scale = new TrafficScale(models.Parts.Scale);
        Names = [.. models.Parts.WindowModels.Select(static model => model.Name), .. models.Parts.SequenceModels.Select(static model => model.Name)];
        _nulls =
        [
            .. models.Parts.WindowModels.Select(static model => model.NullScores.IsEmpty ? null : new RecentNull(model.NullScores)),
            .. models.Parts.SequenceModels.Select(static model => new RecentNull(model.NullScores)),
        ];
        _consensus = new Consensus(Names, options);
        _consensusNull = new RecentNull(models.Parts.ConsensusNull);
    }

    public ModelSet Models { get; }

    /// <summary>Names of the models, in the order of votes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True if a caller has done enough to be judged.</summary>
    public static bool IsJudged(ReadOnlySpan<float> row) => row[WindowFeatures.RequestsTenMinutes] >= MinRequests || HasPayload(row);

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
        // At the beginning: until the next windows come, it can be told how these were seen.
        if (learns) _scale.Settle();
        Gather(windows);
        int chunks = (_judged.Count + ChunkRows - 1) / ChunkRows;
        if (chunks > 1 && parallel.MaxDegreeOfParallelism != 1) Parallel.For(0, chunks, parallel, chunk => ScoreChunk(windows, chunk, routes, scores));
        else for (int chunk = 0; chunk < chunks; chunk++) ScoreChunk(windows, chunk, routes, scores);
        for (int model = 0; model < Names.Count; model++) ToVotes(model, windows, scores, learns);
        Weigh(windows, scores, learns);
    }

    /// <summary>The middle of each column in this traffic, as the models see it.</summary>
    public ReadOnlySpan<float> Centers => _scale.Centers;

    /// <summary>A window's row as the models saw it.</summary>
    public float[] Scaled(ReadOnlySpan<float> row)
    {
        float[] scaled = new float[row.Length];
        _scale.Apply(row, scaled);
        return scaled;
    }

    /// <summary>What all supervised models agree on: the lowest of their votes; NaN if there are none.</summary>
    public float Consent(WindowScores scores, int window)
    {
        _consensus.Of(scores.Votes(window), out float consent);
        return consent;
    }

    /// <summary>Few requests are little evidence: n of them in ten minutes weigh n/(n + 2).</summary>
    private static float Weight(ReadOnlySpan<float> row) => row[WindowFeatures.RequestsTenMinutes] / (row[WindowFeatures.RequestsTenMinutes] + 2);

    private static bool HasPayload(ReadOnlySpan<float> row) => row[WindowFeatures.SignatureScore] >= PayloadScore;

    private void Gather(WindowRows windows)
    {
        _judged.Clear();
        for (int i = 0; i < windows.Count; i++)
        {
            ReadOnlySpan<float> row = windows.Row(i);
            _scale.Notice(row);
            if (IsJudged(row)) _judged.Add(i);
        }
        if (_raw.Length < _judged.Count * Names.Count) _raw = new float[_judged.Count * Names.Count];
    }

    private Span<float> Raw(int model) => _raw.AsSpan(model * _judged.Count, _judged.Count);

    private void ScoreChunk(WindowRows windows, int chunk, int[] routes, WindowScores scores)
    {
        int width = WindowFeatures.Count, first = chunk * ChunkRows, count = Math.Min(ChunkRows, _judged.Count - first);
        float[] rows = new float[count * width], scaled = new float[count * width];
        for (int i = 0; i < count; i++) windows.Row(_judged[first + i]).CopyTo(rows.AsSpan(i * width));
        ModelParts parts = Models.Parts;
        _scale.Apply(rows, scaled);
        for (int model = 0; model < parts.WindowModels.Count; model++) parts.WindowModels[model].Score(scaled, width, Raw(model).Slice(first, count));
        ScoreSequences(windows, first, count, routes);
        float[] failing = ScoreFailures(rows, count);
        for (int i = 0; i < count; i++)
        {
            int window = _judged[first + i];
            scores.FailureProbabilities[window] = failing[i];
            scores.UsageClasses[window] = parts.Usage.Of(scaled.AsSpan(i * width, width), out scores.BotProbabilities[window]);
        }
    }

    private void ScoreSequences(WindowRows windows, int first, int count, int[] routes)
    {
        ModelParts parts = Models.Parts;
        if (parts.SequenceModels.Count == 0) return;
        Span<int> tokens = stackalloc int[TokenRing.Capacity];
        for (int i = first; i < first + count; i++)
        {
            int length = ModelSet.Translate(windows.Meta(_judged[i]).Tokens, routes, tokens);
            // What one route alone was asked for over and over is no sequence.
            bool isSequence = length >= SequenceModel.MinTokens && tokens[..length].ContainsAnyExcept(tokens[0]);
            for (int model = 0; model < parts.SequenceModels.Count; model++)
                Raw(parts.WindowModels.Count + model)[i] = isSequence ? (float)parts.SequenceModels[model].Score(tokens[..length]) : float.NaN;
        }
    }

    private float[] ScoreFailures(ReadOnlySpan<float> rows, int count)
    {
        int width = WindowFeatures.Count;
        float[] probabilities = new float[count];
        if (Models.Parts.Failure is not { } forest)
        {
            for (int i = 0; i < count; i++) probabilities[i] = ModelSet.IsFailing(rows.Slice(i * width, width)) ? 1 : 0;
            return probabilities;
        }
        float[] basic = new float[count * WindowFeatures.BasicCount];
        for (int i = 0; i < count; i++) rows.Slice(i * width, WindowFeatures.BasicCount).CopyTo(basic.AsSpan(i * WindowFeatures.BasicCount));
        forest.PredictProbability(basic, probabilities);
        return probabilities;
    }

    private void ToVotes(int model, WindowRows windows, WindowScores scores, bool learns)
    {
        Span<float> votes = scores.Column(model);
        ReadOnlySpan<float> raw = Raw(model);
        votes.Clear();
        for (int i = 0; i < raw.Length; i++)
        {
            int window = _judged[i];
            if (float.IsNaN(raw[i])) votes[window] = float.NaN;
            else if (_nulls[model] is not { } ordinary) votes[window] = Models.Parts.WindowModels[model].Calibrate(raw[i]);
            else
            {
                votes[window] = VoteScale.Vote(ordinary.PValue(raw[i]));
                if (learns && windows.Meta(window).Raised == 0) ordinary.Learn(raw[i]);
            }
        }
    }

    private void Weigh(WindowRows windows, WindowScores scores, bool learns)
    {
        scores.Anomalies.Clear();
        foreach (int window in _judged)
        {
            ref readonly WindowMeta meta = ref windows.Meta(window);
            float score = _consensus.Of(scores.Votes(window)) * Weight(windows.Row(window));
            if (meta.IsPolite && !HasPayload(windows.Row(window))) score = Math.Min(score, MostOfPolite);
            scores.Anomalies[window] = score;
            if (!learns || meta.Raised != 0) continue;
            _scale.Learn(windows.Row(window));
            if (_consensusNull.PValue(score) > VoteScale.Contamination || _lessons.Admit(meta.Key, meta.Time)) _consensusNull.Learn(score);
        }
    }
}
