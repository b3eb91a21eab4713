namespace Vedette.ML.Clustering;

/// <summary>The different rows of a table, in order of their first appearance, and how often each occurs.</summary>
internal sealed class DistinctRows
{
    public DistinctRows(ReadOnlySpan<float> rows, int featureCount)
    {
        float[] all = rows.ToArray();
        int count = all.Length / featureCount;
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(order, (a, b) =>
        {
            int difference = all.AsSpan(a * featureCount, featureCount).SequenceCompareTo(all.AsSpan(b * featureCount, featureCount));
            return difference != 0 ? difference : a.CompareTo(b);
        });
        int[] first = new int[count];
        for (int i = 0; i < count; i++)
        {
            bool same = i > 0 && all.AsSpan(order[i] * featureCount, featureCount).SequenceEqual(all.AsSpan(order[i - 1] * featureCount, featureCount));
            first[order[i]] = same ? first[order[i - 1]] : order[i];
        }
        var values = new List<float>();
        var counts = new List<int>();
        IndexOf = new int[count];
        for (int row = 0; row < count; row++)
        {
            if (first[row] == row)
            {
                IndexOf[row] = counts.Count;
                counts.Add(0);
                values.AddRange(all.AsSpan(row * featureCount, featureCount));
            }
            else
            {
                IndexOf[row] = IndexOf[first[row]];
            }
            counts[IndexOf[row]]++;
        }
        (Values, Counts) = ([.. values], [.. counts]);
    }

    /// <summary>Row-major.</summary>
    public float[] Values { get; }

    /// <summary>How often each distinct row occurs.</summary>
    public int[] Counts { get; }

    /// <summary>For each row, its distinct row.</summary>
    public int[] IndexOf { get; }
}
