namespace Vedette.ML.Neural;

/// <summary>Drops values at random while training and scales the others up, so that nothing changes on average.</summary>
/// <remarks>N. Srivastava et al., "Dropout", JMLR 15, 2014. A rate of 0 costs nothing.</remarks>
internal static class Dropout
{
    /// <summary>Drops from <paramref name="values"/> and writes each value's factor, 0 or 1/(1 - rate), to <paramref name="mask"/>.</summary>
    public static void Forward(Span<float> values, float rate, ref SeededRandom random, Span<float> mask)
    {
        if (rate == 0) return;
        uint threshold = (uint)(rate * 65536);
        float kept = 1 / (1 - rate);
        ulong bits = 0;
        for (int i = 0; i < values.Length; i++)
        {
            // Four draws of 16 bits from one number of the generator.
            bits = (i & 3) == 0 ? random.NextUInt64() : bits >> 16;
            mask[i] = (bits & 0xFFFF) < threshold ? 0 : kept;
            values[i] *= mask[i];
        }
    }

    /// <summary>Sends the gradient through the same mask.</summary>
    public static void Backward(Span<float> gradient, float rate, ReadOnlySpan<float> mask)
    {
        if (rate == 0) return;
        System.Numerics.Tensors.TensorPrimitives.Multiply(gradient, mask[..gradient.Length], gradient);
    }
}
