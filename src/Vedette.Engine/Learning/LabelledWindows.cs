namespace Vedette.Engine.Learning;

/// <summary>Windows of one stream of traffic of which is known which were attacks. Several streams are several of these: each has its own idea of what is much.</summary>
public sealed class LabelledWindows
{
    /// <param name="source">Where they come from, for the model's lineage.</param>
    public LabelledWindows(string source) => Source = source;

    /// <summary>Where they come from.</summary>
    public string Source { get; }

    /// <summary>Number of windows.</summary>
    public int Count { get; private set; }

    /// <summary>Number of windows labelled as attacks.</summary>
    public int AttackCount { get; private set; }

    /// <summary>Those with enough requests to be judged, in order of time: of the others, most of all, nothing is learnt and only their number kept.</summary>
    internal TrainingRows Judged { get; } = new();

    /// <summary>Adds a window; windows come in order of time.</summary>
    /// <param name="row">The features, in the order of <see cref="WindowFeatures.All"/>.</param>
    /// <param name="isAttack">Whether an attacker sent at least one of its requests.</param>
    /// <exception cref="ArgumentException">Not one value per feature, or one that is not finite.</exception>
    public void Add(ReadOnlySpan<float> row, bool isAttack)
    {
        if (row.Length != WindowFeatures.Count) throw new ArgumentException($"{row.Length} values are not the {WindowFeatures.Count} window features.", nameof(row));
        foreach (float value in row)
            if (!float.IsFinite(value)) throw new ArgumentException($"A feature is {value}; every value must be finite.", nameof(row));
        Count++;
        if (isAttack) AttackCount++;
        if (WindowScorer.IsJudged(row)) Judged.Add(row, isAttack ? 1 : 0);
    }
}
