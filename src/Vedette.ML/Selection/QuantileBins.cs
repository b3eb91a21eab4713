namespace Vedette.ML.Selection;

/// <summary>
/// Cuts one column at its quantiles. In a column of few different values each has a bin, and so has each gap between them, for values never seen;
/// missing values have a bin of their own.
/// </summary>
internal sealed class QuantileBins
{
    private readonly float[] _edges;

    private QuantileBins(float[] edges) => _edges = edges;

    /// <summary>Number of bins, that of the missing values included.</summary>
    public int Count => _edges.Length + 2;

    /// <param name="values">Any order; NaN is left out.</param>
    /// <param name="most">Most bins for values, at least 2.</param>
    public static QuantileBins Fit(ReadOnlySpan<float> values, int most)
    {
        var present = new List<float>(values.Length);
        foreach (float value in values)
            if (!float.IsNaN(value)) present.Add(value);
        float[] sorted = [.. present];
        Array.Sort(sorted);
        float[] distinct = [.. sorted.Distinct().Take(most + 1)];
        var edges = new List<float>();
        if (distinct.Length <= most)
        {
            foreach (float value in distinct)
            {
                float below = float.BitDecrement(value);
                if (below < value && (edges.Count == 0 || below > edges[^1])) edges.Add(below);
                edges.Add(value);
            }
            return new QuantileBins([.. edges]);
        }
        for (int cut = 1; cut < most; cut++)
        {
            float edge = sorted[(int)((long)cut * sorted.Length / most) - 1];
            if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1])) edges.Add(edge);
        }
        return new QuantileBins([.. edges]);
    }

    /// <summary>Bin of a value, from 0: the number of edges below it. NaN has the last.</summary>
    public int Of(float value)
    {
        if (float.IsNaN(value)) return Count - 1;
        int place = Array.BinarySearch(_edges, value);
        return place >= 0 ? place : ~place;
    }

    public void Write(Files.ModelWriter writer) => writer.Write<float>(_edges);

    public static QuantileBins Read(Files.ModelReader reader) => new(reader.ReadArray<float>());
}
