using Vedette.ML.Selection;

namespace Vedette.Engine.Learning;

/// <summary>Rows for training in the order of time, with a label each, scaled to the traffic they come from.</summary>
internal sealed class TrainingRows
{
    private readonly List<float> _values = [];
    private readonly List<float> _labels = [];

    public int Count => _labels.Count;

    public int AttackCount { get; private set; }

    public ReadOnlySpan<float> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    public ReadOnlySpan<float> Labels => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_labels);

    public ReadOnlySpan<float> Row(int index) => Values.Slice(index * WindowFeatures.Count, WindowFeatures.Count);

    public void Add(ReadOnlySpan<float> row, float label)
    {
        _values.AddRange(row);
        _labels.Add(label);
        if (label == 1) AttackCount++;
    }

    public void AddRange(TrainingRows other)
    {
        for (int i = 0; i < other.Count; i++) Add(other.Row(i), other.Labels[i]);
    }

    public TrainingRows Slice(int start, int count)
    {
        var slice = new TrainingRows();
        for (int i = start; i < start + count; i++) slice.Add(Row(i), Labels[i]);
        return slice;
    }

    /// <summary>At most so many rows, in order; of attacks at most a third of that, evenly over time.</summary>
    public TrainingRows Thin(int most)
    {
        if (Count <= most) return this;
        int attacks = Math.Min(AttackCount, most / 3);
        var thin = new TrainingRows();
        double keepAttacks = AttackCount == 0 ? 0 : (double)attacks / AttackCount, keepOthers = (double)(most - attacks) / Math.Max(1, Count - AttackCount);
        double attackShare = 0, otherShare = 0;
        for (int i = 0; i < Count; i++)
        {
            ref double share = ref Labels[i] == 1 ? ref attackShare : ref otherShare;
            share += Labels[i] == 1 ? keepAttacks : keepOthers;
            if (share < 1) continue;
            share -= 1;
            thin.Add(Row(i), Labels[i]);
        }
        return thin;
    }

    /// <summary>Some columns of all rows.</summary>
    public float[] Columns(int[] columns) => RowGathering.Columns(Values, WindowFeatures.Count, columns);
}
