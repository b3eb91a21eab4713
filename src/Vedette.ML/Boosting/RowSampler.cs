namespace Vedette.ML.Boosting;

/// <summary>Divides the training rows, round by round, into those that grow a tree and the others.</summary>
internal sealed class RowSampler(int trainingRows, int allRows, BoostingPlan plan)
{
    private readonly List<int> _chosen = new(trainingRows);
    private readonly List<int> _others = new(allRows);
    private readonly float[] _weights = plan.Sampling is null ? [] : new float[trainingRows];

    /// <summary>Draws the rows of one round. Under one-sided sampling, also scales the gradients of those that stand for several.</summary>
    public (int[] Rows, int[] Others) Draw(int round, float[] gradients, float[] hessians, ref SeededRandom random)
    {
        _chosen.Clear();
        _others.Clear();
        // Early gradients are large for all rows; the reference implementation starts sampling after 1 / learning rate rounds.
        if (plan.Sampling is { } sampling && round >= 1 / plan.Limits.LearningRate) DrawOneSided(sampling, gradients, hessians, ref random);
        else if (plan.RowFraction < 1) DrawUniformly(ref random);
        else for (int row = 0; row < trainingRows; row++) _chosen.Add(row);
        for (int row = trainingRows; row < allRows; row++) _others.Add(row);
        return ([.. _chosen], [.. _others]);
    }

    private void DrawUniformly(ref SeededRandom random)
    {
        int needed = Math.Max(1, (int)Math.Round(plan.RowFraction * trainingRows));
        for (int row = 0; row < trainingRows; row++)
        {
            bool take = random.Next(trainingRows - row) < needed;
            if (take) needed--;
            (take ? _chosen : _others).Add(row);
        }
    }

    private void DrawOneSided(GradientSampling sampling, float[] gradients, float[] hessians, ref SeededRandom random)
    {
        int top = Math.Max(1, (int)(sampling.TopFraction * trainingRows));
        int needed = Math.Max(1, (int)(sampling.OtherFraction * trainingRows));
        int small = trainingRows - top;
        float factor = (float)small / needed;
        for (int row = 0; row < trainingRows; row++) _weights[row] = MathF.Abs(gradients[row] * hessians[row]);
        (float threshold, int topAtThreshold) = LargestThreshold(_weights, top);
        for (int row = 0; row < trainingRows; row++)
        {
            float weight = _weights[row];
            if (weight > threshold || (weight == threshold && topAtThreshold-- > 0))
            {
                _chosen.Add(row);
                continue;
            }
            bool take = random.Next(small--) < needed;
            (take ? _chosen : _others).Add(row);
            if (!take) continue;
            needed--;
            gradients[row] *= factor;
            hessians[row] *= factor;
        }
    }

    /// <summary>The <paramref name="count"/>-th largest of numbers that are not negative, and how many equal to it belong to the largest. O(n): a radix selection on their bits.</summary>
    internal static (float Threshold, int AtThreshold) LargestThreshold(ReadOnlySpan<float> values, int count)
    {
        int[] buckets = new int[1 << 16];
        foreach (float value in values) buckets[BitConverter.SingleToUInt32Bits(value) >> 16]++;
        int high = Descend(buckets, ref count);
        Array.Clear(buckets);
        foreach (float value in values)
        {
            uint bits = BitConverter.SingleToUInt32Bits(value);
            if (bits >> 16 == high) buckets[bits & 0xFFFF]++;
        }
        int low = Descend(buckets, ref count);
        return (BitConverter.UInt32BitsToSingle(((uint)high << 16) | (uint)low), count);
    }

    /// <summary>The bucket, from the top, that holds element number <paramref name="count"/>; leaves the number inside it.</summary>
    private static int Descend(int[] buckets, ref int count)
    {
        int bucket = buckets.Length - 1;
        while (bucket > 0 && buckets[bucket] < count) count -= buckets[bucket--];
        return bucket;
    }
}
