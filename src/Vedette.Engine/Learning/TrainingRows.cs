using System.Runtime.InteropServices;
using Vedette.ML;
using Vedette.ML.Selection;

namespace Vedette.Engine.Learning;

/// <summary>Rows for training in the order of time, with a label each. A slice is a view: while there are some, no row is added.</summary>
internal sealed class TrainingRows
{
    private readonly List<float> _values;
    private readonly List<float> _labels;
    private readonly int _start;

    /// <param name="capacity">Rows it is going to hold, if that is known.</param>
    public TrainingRows(int capacity = 0) => (_values, _labels) = (new List<float>(capacity * WindowFeatures.Count), new List<float>(capacity));

    private TrainingRows(TrainingRows of, int start, int count)
    {
        (_values, _labels, _start, Count) = (of._values, of._labels, of._start + start, count);
        foreach (float label in Labels)
            if (label == 1) AttackCount++;
    }

    public int Count { get; private set; }

    public int AttackCount { get; private set; }

    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values).Slice(_start * WindowFeatures.Count, Count * WindowFeatures.Count);

    public ReadOnlySpan<float> Labels => CollectionsMarshal.AsSpan(_labels).Slice(_start, Count);

    public ReadOnlySpan<float> Row(int index) => Values.Slice(index * WindowFeatures.Count, WindowFeatures.Count);

    public static TrainingRows Concat(IReadOnlyCollection<TrainingRows> parts)
    {
        var all = new TrainingRows(parts.Sum(static part => part.Count));
        foreach (TrainingRows part in parts)
        {
            all._values.AddRange(part.Values);
            all._labels.AddRange(part.Labels);
            all.Count += part.Count;
            all.AttackCount += part.AttackCount;
        }
        return all;
    }

    public void Add(ReadOnlySpan<float> row, float label)
    {
        _values.AddRange(row);
        _labels.Add(label);
        Count++;
        if (label == 1) AttackCount++;
    }

    public TrainingRows Slice(int start, int count) => new(this, start, count);

    /// <summary>At most so many rows, in order; of attacks at most a third of that, evenly over time.</summary>
    public TrainingRows Thin(int most)
    {
        if (Count <= most) return this;
        int attacks = Math.Min(AttackCount, most / 3);
        var thin = new TrainingRows(most);
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

    /// <summary>The rows, scaled, and each of them again with half of its columns hidden: as ordinary as a value that the log does not tell.</summary>
    /// <remarks>What is learnt from both does not rest on one telltale column that other traffic may not have, such as the even pace of a simulated attack.</remarks>
    public TrainingRows WithHidden(ulong seed)
    {
        var all = new TrainingRows(2 * Count);
        all._values.AddRange(Values);
        all._labels.AddRange(Labels);
        (all.Count, all.AttackCount) = (Count, AttackCount);
        var random = new SeededRandom(seed);
        float[] row = new float[WindowFeatures.Count];
        for (int i = 0; i < Count; i++)
        {
            Row(i).CopyTo(row);
            foreach (ref float value in row.AsSpan())
                if (random.Next(2) == 0) value = 0;
            all.Add(row, Labels[i]);
        }
        return all;
    }

    /// <summary>Some columns of all rows.</summary>
    public float[] Columns(int[] columns) => RowGathering.Columns(Values, WindowFeatures.Count, columns);
}
