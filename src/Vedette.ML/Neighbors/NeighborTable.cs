namespace Vedette.ML.Neighbors;

/// <summary>The nearest rows of each query, nearest first. Queries are independent, so threads may fill different ones at once.</summary>
internal sealed class NeighborTable
{
    private readonly int[] _rows;
    private readonly float[] _distances;

    public NeighborTable(int queryCount, int neighborCount)
    {
        NeighborCount = neighborCount;
        _rows = new int[(long)queryCount * neighborCount];
        _distances = new float[(long)queryCount * neighborCount];
        _distances.AsSpan().Fill(float.PositiveInfinity);
    }

    public int NeighborCount { get; }

    public ReadOnlySpan<int> Rows(int query) => _rows.AsSpan(query * NeighborCount, NeighborCount);

    /// <summary>Squared distances until <see cref="Finish"/>, distances after it.</summary>
    public ReadOnlySpan<float> Distances(int query) => _distances.AsSpan(query * NeighborCount, NeighborCount);

    /// <summary>Only what is nearer than this can still enter the list of <paramref name="query"/>.</summary>
    public float Bound(int query) => _distances[query * NeighborCount + NeighborCount - 1];

    /// <summary>Takes the row in if it is among the nearest so far. Rows come in ascending order, so that of two equally near the first stays ahead.</summary>
    public void Offer(int query, int row, float squaredDistance)
    {
        int start = query * NeighborCount;
        int position = start + NeighborCount - 1;
        if (!(squaredDistance < _distances[position])) return;
        for (; position > start && _distances[position - 1] > squaredDistance; position--)
        {
            _distances[position] = _distances[position - 1];
            _rows[position] = _rows[position - 1];
        }
        _distances[position] = squaredDistance;
        _rows[position] = row;
    }

    /// <summary>Turns squares into distances. Squares beyond the range of a float, which no row could be offered for, become the largest root.</summary>
    public void Finish(int query)
    {
        foreach (ref float distance in _distances.AsSpan(query * NeighborCount, NeighborCount)) distance = MathF.Sqrt(MathF.Min(distance, float.MaxValue));
    }
}
