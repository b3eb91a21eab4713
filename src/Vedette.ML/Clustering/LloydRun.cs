using System.Numerics;

namespace Vedette.ML.Clustering;

/// <summary>One start of k-means: seeding by k-means++, then Lloyd's rounds.</summary>
internal sealed class LloydRun
{
    private readonly float[] _rows;
    private readonly int _width;
    private readonly int _count;
    private readonly float[] _nearest;
    private readonly int[] _clusters;
    private readonly double[] _sums;
    private readonly int[] _sizes;

    public LloydRun(float[] rows, int featureCount, int clusters, ref SeededRandom random)
    {
        (_rows, _width, _count) = (rows, featureCount, rows.Length / featureCount);
        _nearest = new float[_count];
        _clusters = new int[_count];
        Centers = Seed(clusters, ref random);
        _sums = new double[Centers.Length];
        _sizes = new int[Centers.Length / _width];
    }

    /// <summary>Row-major, shape (clusters, features).</summary>
    public float[] Centers { get; private set; }

    /// <summary>Sum of squared distances to the nearest center.</summary>
    public double Inertia { get; private set; }

    public void Iterate(int maxIterations, double maxShift)
    {
        for (int i = 0; i < maxIterations; i++)
        {
            bool changed = Assign();
            if (Update() <= maxShift || (i > 0 && !changed)) break;
        }
        Assign();
        Inertia = 0;
        foreach (float distance in _nearest) Inertia += distance;
    }

    /// <summary>Draws each next center with a probability in proportion to the squared distance from those already there; stops when all rows are centers.</summary>
    private float[] Seed(int clusters, ref SeededRandom random)
    {
        var centers = new List<float>(clusters * _width);
        Array.Fill(_nearest, float.PositiveInfinity);
        int chosen = random.Next(_count);
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            ReadOnlySpan<float> center = Row(chosen);
            centers.AddRange(center);
            double total = 0;
            for (int row = 0; row < _count; row++)
            {
                _nearest[row] = Math.Min(_nearest[row], SquaredDistance.Between(Row(row), center));
                total += _nearest[row];
            }
            if (total <= 0) break;
            chosen = Draw(random.NextDouble() * total);
        }
        return [.. centers];
    }

    private int Draw(double place)
    {
        int last = 0;
        for (int row = 0; row < _count; row++)
        {
            if (_nearest[row] <= 0) continue;
            last = row;
            place -= _nearest[row];
            if (place < 0) break;
        }
        return last;
    }

    private bool Assign()
    {
        bool changed = false;
        var table = new CenterTable(Centers, _width);
        for (int row = 0; row < _count; row++)
        {
            int cluster = Math.Max(0, table.Nearest(Row(row), out _nearest[row]));
            changed |= cluster != _clusters[row];
            _clusters[row] = cluster;
        }
        return changed;
    }

    /// <summary>Moves each center to the mean of its rows and returns the summed squared moves. A center without rows goes to the row furthest from its own.</summary>
    private double Update()
    {
        Array.Clear(_sums);
        Array.Clear(_sizes);
        for (int row = 0; row < _count; row++)
        {
            _sizes[_clusters[row]]++;
            ReadOnlySpan<float> values = Row(row);
            Span<double> sum = _sums.AsSpan(_clusters[row] * _width, _width);
            int column = 0;
            for (; column + Vector<float>.Count <= values.Length; column += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(values[column..]), out var lower, out var upper);
                (lower + new Vector<double>(sum[column..])).CopyTo(sum[column..]);
                (upper + new Vector<double>(sum[(column + Vector<double>.Count)..])).CopyTo(sum[(column + Vector<double>.Count)..]);
            }
            for (; column < values.Length; column++) sum[column] += values[column];
        }
        double shift = 0;
        for (int cluster = 0; cluster < _sizes.Length; cluster++)
        {
            int furthest = _sizes[cluster] == 0 ? Furthest() : -1;
            for (int column = 0; column < _width; column++)
            {
                int place = cluster * _width + column;
                float next = furthest >= 0 ? _rows[furthest * _width + column] : (float)(_sums[place] / _sizes[cluster]);
                shift += ((double)next - Centers[place]) * ((double)next - Centers[place]);
                Centers[place] = next;
            }
        }
        return shift;
    }

    private int Furthest()
    {
        int furthest = 0;
        for (int row = 1; row < _count; row++)
            if (_nearest[row] > _nearest[furthest]) furthest = row;
        _nearest[furthest] = 0;
        return furthest;
    }

    private ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * _width, _width);
}
