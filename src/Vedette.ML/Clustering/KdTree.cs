namespace Vedette.ML.Clustering;

/// <summary>Index of points for questions about their surroundings: each node keeps the box around its points.</summary>
/// <remarks>
/// J. L. Bentley, CACM 18(9), 1975, split in the middle of the widest side's order. Built in O(n·log² n); a question costs O(log n) in few dimensions
/// and at most O(n). Equal points and distances are told apart by index, so answers do not depend on the build.
/// </remarks>
internal sealed class KdTree
{
    private const int LeafSize = 16;

    private readonly float[] _points;
    private readonly int _width;
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];
    private readonly List<float> _boxes = [];

    /// <param name="points">Row-major, finite; not copied.</param>
    /// <param name="featureCount">Columns per row.</param>
    public KdTree(float[] points, int featureCount)
    {
        (_points, _width) = (points, featureCount);
        _order = [.. Enumerable.Range(0, points.Length / featureCount)];
        if (_order.Length > 0) Build(0, _order.Length);
    }

    /// <summary>Calls for each point at most √<paramref name="squaredRadius"/> from <paramref name="query"/>, in no particular but always the same order.</summary>
    public void Within(ReadOnlySpan<float> query, float squaredRadius, List<int> found)
    {
        found.Clear();
        Span<int> stack = stackalloc int[64];
        int depth = 0;
        if (_nodes.Count > 0) stack[depth++] = 0;
        while (depth > 0)
        {
            int index = stack[--depth];
            if (DistanceToBox(index, query) > squaredRadius) continue;
            Node node = _nodes[index];
            if (node.Right > 0)
            {
                stack[depth++] = node.Right;
                stack[depth++] = index + 1;
                continue;
            }
            for (int i = node.Start; i < node.End; i++)
                if (SquaredDistance.Between(query, Point(_order[i])) <= squaredRadius) found.Add(_order[i]);
        }
    }

    /// <summary>The nearest point, the first of several; -1 if there is none or no distance is a number.</summary>
    public int Nearest(ReadOnlySpan<float> query, out float squaredDistance)
    {
        int best = -1;
        squaredDistance = float.PositiveInfinity;
        Span<int> stack = stackalloc int[64];
        int depth = 0;
        if (_nodes.Count > 0) stack[depth++] = 0;
        while (depth > 0)
        {
            int index = stack[--depth];
            if (DistanceToBox(index, query) > squaredDistance) continue;
            Node node = _nodes[index];
            if (node.Right > 0)
            {
                bool rightFirst = DistanceToBox(node.Right, query) < DistanceToBox(index + 1, query);
                stack[depth++] = rightFirst ? index + 1 : node.Right;
                stack[depth++] = rightFirst ? node.Right : index + 1;
                continue;
            }
            for (int i = node.Start; i < node.End; i++)
            {
                float distance = SquaredDistance.Between(query, Point(_order[i]));
                if (distance < squaredDistance || (distance == squaredDistance && _order[i] < best)) (squaredDistance, best) = (distance, _order[i]);
            }
        }
        return best;
    }

    private void Build(int start, int end)
    {
        int index = _nodes.Count;
        _nodes.Add(new Node(start, end, 0));
        int widest = AddBox(start, end, out float spread);
        // A spread of zero means equal points, which no split tells apart.
        if (end - start <= LeafSize || spread == 0) return;
        _order.AsSpan(start, end - start).Sort((a, b) =>
        {
            int order = _points[a * _width + widest].CompareTo(_points[b * _width + widest]);
            return order != 0 ? order : a.CompareTo(b);
        });
        int middle = start + (end - start) / 2;
        Build(start, middle);
        _nodes[index] = new Node(start, end, _nodes.Count);
        Build(middle, end);
    }

    /// <summary>Appends the box around some points, lows then highs, and returns its widest side.</summary>
    private int AddBox(int start, int end, out float spread)
    {
        float[] box = new float[2 * _width];
        box.AsSpan(0, _width).Fill(float.PositiveInfinity);
        box.AsSpan(_width).Fill(float.NegativeInfinity);
        for (int i = start; i < end; i++)
        {
            ReadOnlySpan<float> point = Point(_order[i]);
            for (int column = 0; column < _width; column++)
            {
                box[column] = Math.Min(box[column], point[column]);
                box[_width + column] = Math.Max(box[_width + column], point[column]);
            }
        }
        _boxes.AddRange(box);
        int widest = 0;
        for (int column = 1; column < _width; column++)
            if (box[_width + column] - box[column] > box[_width + widest] - box[widest]) widest = column;
        spread = box[_width + widest] - box[widest];
        return widest;
    }

    private float DistanceToBox(int node, ReadOnlySpan<float> query)
    {
        ReadOnlySpan<float> box = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_boxes).Slice(node * 2 * _width, 2 * _width);
        float sum = 0;
        for (int column = 0; column < _width; column++)
        {
            float outside = Math.Max(Math.Max(box[column] - query[column], query[column] - box[_width + column]), 0);
            sum += outside * outside;
        }
        // Summed in another order than a distance: give way to rounding rather than miss a point on the edge.
        return sum * (1 - 1e-5f);
    }

    private ReadOnlySpan<float> Point(int index) => _points.AsSpan(index * _width, _width);

    /// <summary>Places [Start, End) of the order. The left child follows its parent; a leaf has no right child.</summary>
    private readonly record struct Node(int Start, int End, int Right);
}
