namespace Vedette.ML.OneClass;

/// <summary>Keeps the most recently used rows of a kernel matrix within a memory budget; at least the two that one step needs.</summary>
internal sealed class KernelCache
{
    private readonly KernelMatrix _kernel;
    private readonly float[]?[] _rows;
    private readonly int _capacity;
    private readonly LinkedList<int> _recent = new();
    private readonly LinkedListNode<int>?[] _nodes;

    public KernelCache(KernelMatrix kernel, long bytes)
    {
        _kernel = kernel;
        _rows = new float[kernel.RowCount][];
        _nodes = new LinkedListNode<int>[kernel.RowCount];
        _capacity = (int)Math.Clamp(bytes / (sizeof(float) * (long)kernel.RowCount), 2, kernel.RowCount + 2L);
    }

    /// <summary>Row <paramref name="row"/>; valid until two others have been asked for.</summary>
    public float[] Get(int row)
    {
        if (_rows[row] is { } known)
        {
            _recent.Remove(_nodes[row]!);
            _recent.AddLast(_nodes[row]!);
            return known;
        }
        float[] values = Take();
        _kernel.Fill(_kernel.Row(row), values);
        _rows[row] = values;
        _nodes[row] = _recent.AddLast(row);
        return values;
    }

    private float[] Take()
    {
        if (_recent.Count < _capacity) return new float[_kernel.RowCount];
        int oldest = _recent.First!.Value;
        _recent.RemoveFirst();
        float[] values = _rows[oldest]!;
        (_rows[oldest], _nodes[oldest]) = (null, null);
        return values;
    }
}
