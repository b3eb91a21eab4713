using System.Numerics.Tensors;

namespace Vedette.ML.Isolation;

/// <summary>Grows one tree of an extended isolation forest (algorithm 2 of Hariri et al.). The sample holds no missing value.</summary>
internal sealed class HyperplaneTreeGrower(float[] sample, int featureCount, int extensionLevel, int maxDepth)
{
    private readonly int[] _order = Enumerable.Range(0, sample.Length / featureCount).ToArray();
    private readonly int[] _features = Enumerable.Range(0, featureCount).ToArray();
    private readonly List<int> _children = [];
    private readonly List<float> _offsets = [];
    private readonly List<float> _normals = [];
    private readonly List<int> _normalIndex = [];
    private readonly float[] _normal = new float[featureCount];
    private readonly float[] _point = new float[featureCount];

    private readonly record struct Pending(int Node, int Start, int End, int Depth);

    public HyperplaneTree Grow(ref SeededRandom random)
    {
        var pending = new Stack<Pending>();
        pending.Push(new Pending(AddLeaf(_order.Length, 0), 0, _order.Length, 0));
        while (pending.TryPop(out var part))
        {
            if (part.Depth == maxDepth || part.End - part.Start < 2) continue;
            float offset = DrawPlane(part, ref random);
            int middle = Partition(part, offset);
            // A plane beside all rows says nothing, as among equal rows: the node stays a leaf, its c(n) standing for the splits it would take.
            if (middle == part.Start || middle == part.End) continue;
            int left = AddLeaf(middle - part.Start, part.Depth + 1);
            AddLeaf(part.End - middle, part.Depth + 1);
            _children[part.Node] = left;
            _offsets[part.Node] = offset;
            _normalIndex[part.Node] = _normals.Count / featureCount;
            _normals.AddRange(_normal);
            pending.Push(new Pending(left + 1, middle, part.End, part.Depth + 1));
            pending.Push(new Pending(left, part.Start, middle, part.Depth + 1));
        }
        return new HyperplaneTree([.. _children], [.. _offsets], [.. _normals], [.. _normalIndex]);
    }

    private int AddLeaf(int rows, int depth)
    {
        _children.Add(0);
        _offsets.Add((float)(depth + IsolationMath.MeanPath(rows)));
        _normalIndex.Add(0);
        return _children.Count - 1;
    }

    /// <summary>A Gaussian normal with all but extensionLevel + 1 components zero, through a point uniform in the box around the rows.</summary>
    private float DrawPlane(Pending part, ref SeededRandom random)
    {
        Array.Clear(_normal);
        for (int drawn = 0; drawn <= extensionLevel; drawn++)
        {
            int other = drawn + random.Next(featureCount - drawn);
            (_features[drawn], _features[other]) = (_features[other], _features[drawn]);
            _normal[_features[drawn]] = (float)random.NextGaussian();
        }
        for (int feature = 0; feature < featureCount; feature++)
        {
            float lowest = float.MaxValue, highest = float.MinValue;
            for (int i = part.Start; i < part.End; i++)
            {
                float value = sample[_order[i] * featureCount + feature];
                lowest = Math.Min(lowest, value);
                highest = Math.Max(highest, value);
            }
            _point[feature] = (float)(lowest + random.NextDouble() * ((double)highest - lowest));
        }
        return TensorPrimitives.Dot<float>(_normal, _point);
    }

    private int Partition(Pending part, float offset)
    {
        int middle = part.Start;
        for (int i = part.Start; i < part.End; i++)
        {
            if (!(TensorPrimitives.Dot<float>(_normal, sample.AsSpan(_order[i] * featureCount, featureCount)) < offset)) continue;
            (_order[i], _order[middle]) = (_order[middle], _order[i]);
            middle++;
        }
        return middle;
    }
}
