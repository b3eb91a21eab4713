namespace Vedette.Engine.Learning;

/// <summary>Windows of one stream of traffic of which is known which were attacks. Several streams are several of these: each has its own idea of what is much.</summary>
public sealed class LabelledWindows
{
    private readonly List<float> _rows = [];
    private readonly List<float> _labels = [];

    /// <param name="source">Where they come from, for the model's lineage.</param>
    public LabelledWindows(string source) => Source = source;

    /// <summary>Where they come from.</summary>
    public string Source { get; }

    /// <summary>Number of windows.</summary>
    public int Count => _labels.Count;

    /// <summary>Number of windows labelled as attacks.</summary>
    public int AttackCount => _labels.Count(static label => label == 1);

    /// <summary>Row-major, shape (<see cref="Count"/>, <see cref="WindowFeatures.Count"/>), in order of time.</summary>
    internal IReadOnlyList<float> Rows => _rows;

    /// <summary>0 or 1 per row.</summary>
    internal IReadOnlyList<float> Labels => _labels;

    /// <summary>Adds a window; windows come in order of time.</summary>
    /// <param name="row">The features, in the order of <see cref="WindowFeatures.All"/>.</param>
    /// <param name="isAttack">Whether an attacker sent at least one of its requests.</param>
    /// <exception cref="ArgumentException">Not one value per feature, or one that is not finite.</exception>
    public void Add(ReadOnlySpan<float> row, bool isAttack)
    {
        if (row.Length != WindowFeatures.Count) throw new ArgumentException($"{row.Length} values are not the {WindowFeatures.Count} window features.", nameof(row));
        foreach (float value in row)
            if (!float.IsFinite(value)) throw new ArgumentException($"A feature is {value}; every value must be finite.", nameof(row));
        foreach (float value in row) _rows.Add(value);
        _labels.Add(isAttack ? 1 : 0);
    }
}
