namespace Vedette.Engine.Learning;

/// <summary>What the models make of the windows of one tick: raw scores first, then votes. Reused.</summary>
internal sealed class WindowScores
{
    private float[] _votes = [];
    private float[] _anomaly = [];
    private float[] _failure = [];
    private float[] _bot = [];
    private UsageClass[] _usage = [];

    /// <summary>Names of the models, in the order of votes.</summary>
    public IReadOnlyList<string> Models { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>Scores or votes of one model, one per window.</summary>
    public Span<float> Column(int model) => _votes.AsSpan(model * Count, Count);

    public Span<float> FailureProbabilities => _failure.AsSpan(0, Count);

    public Span<float> BotProbabilities => _bot.AsSpan(0, Count);

    public Span<UsageClass> UsageClasses => _usage.AsSpan(0, Count);

    public Span<float> Anomalies => _anomaly.AsSpan(0, Count);

    public float Anomaly(int window) => _anomaly[window];

    public float Vote(int model, int window) => _votes[model * Count + window];

    /// <summary>All models' votes about one window.</summary>
    public float[] Votes(int window)
    {
        float[] votes = new float[Models.Count];
        for (int model = 0; model < votes.Length; model++) votes[model] = Vote(model, window);
        return votes;
    }

    public void Reset(IReadOnlyList<string> models, int count)
    {
        (Models, Count) = (models, count);
        if (_votes.Length < models.Count * count) _votes = new float[models.Count * count];
        if (_anomaly.Length >= count) return;
        int size = Math.Max(count, 2 * _anomaly.Length);
        (_anomaly, _failure, _bot, _usage) = (new float[size], new float[size], new float[size], new UsageClass[size]);
    }
}
