using Vedette.ML.Trees;

namespace Vedette.ML.Isolation;

/// <summary>Grows one isolation tree (algorithm 2 of the paper) whose leaves already hold the path length, c(n) included.</summary>
internal sealed class IsolationTreeGrower(float[] sample, int featureCount, int maxDepth)
{
    private readonly int[] _order = Enumerable.Range(0, sample.Length / featureCount).ToArray();
    private readonly int[] _features = Enumerable.Range(0, featureCount).ToArray();
    private readonly DecisionTree _tree = new();

    private readonly record struct Pending(int Node, int Start, int End, int Depth);

    public DecisionTree Grow(ref SeededRandom random)
    {
        var pending = new Stack<Pending>();
        pending.Push(new Pending(AddNode(_order.Length, 0), 0, _order.Length, 0));
        while (pending.TryPop(out var part))
        {
            if (part.Depth == maxDepth || part.End - part.Start < 2 || !TryDrawSplit(part, ref random, out int feature, out float threshold)) continue;
            int middle = Partition(part, feature, threshold, out var missing);
            int left = AddNode(middle - part.Start, part.Depth + 1);
            int right = AddNode(part.End - middle, part.Depth + 1);
            _tree.Split(part.Node, feature, threshold, missing, left, right);
            pending.Push(new Pending(right, middle, part.End, part.Depth + 1));
            pending.Push(new Pending(left, part.Start, middle, part.Depth + 1));
        }
        return _tree;
    }

    private int AddNode(int rows, int depth) => _tree.AddLeaf((float)(depth + IsolationMath.MeanPath(rows)), rows);

    /// <summary>Draws features without repetition until one varies, then a threshold that leaves rows on both sides.</summary>
    private bool TryDrawSplit(Pending part, ref SeededRandom random, out int feature, out float threshold)
    {
        for (int untried = featureCount; untried > 0; untried--)
        {
            int drawn = random.Next(untried);
            (_features[drawn], _features[untried - 1]) = (_features[untried - 1], _features[drawn]);
            feature = _features[untried - 1];
            if (!TryRange(part, feature, out float lowest, out float highest)) continue;
            double cut = lowest + random.NextDouble() * ((double)highest - lowest);
            threshold = Math.Clamp((float)cut, MathF.BitIncrement(lowest), highest);
            return true;
        }
        (feature, threshold) = (TreeNode.Leaf, 0);
        return false;
    }

    /// <summary>Range of the values present, infinities cut to the largest finite number; false if they are all the same.</summary>
    private bool TryRange(Pending part, int feature, out float lowest, out float highest)
    {
        (lowest, highest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int i = part.Start; i < part.End; i++)
        {
            float value = sample[_order[i] * featureCount + feature];
            if (value < lowest) lowest = value;
            if (value > highest) highest = value;
        }
        if (!(lowest < highest)) return false;
        lowest = Math.Max(lowest, float.MinValue);
        highest = Math.Min(highest, float.MaxValue);
        return lowest < highest;
    }

    /// <summary>Moves the rows below the threshold to the front and returns where the others begin. Missing values go where most rows go.</summary>
    private int Partition(Pending part, int feature, float threshold, out MissingValue missing)
    {
        int below = 0, present = 0;
        for (int i = part.Start; i < part.End; i++)
        {
            float value = sample[_order[i] * featureCount + feature];
            below += value < threshold ? 1 : 0;
            present += float.IsNaN(value) ? 0 : 1;
        }
        missing = 2 * below >= present ? MissingValue.NaNLeft : MissingValue.NaNRight;
        var column = new InputColumn(feature, missing);
        int middle = part.Start;
        for (int i = part.Start; i < part.End; i++)
        {
            if (!column.GoesLeft(sample[_order[i] * featureCount + feature], threshold)) continue;
            (_order[i], _order[middle]) = (_order[middle], _order[i]);
            middle++;
        }
        return middle;
    }
}
