using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Scaled dot-product attention of several heads, in which a row sees its window up to itself.</summary>
/// <remarks>A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, https://arxiv.org/abs/1706.03762, section 3.2.</remarks>
internal static class CausalAttention
{
    /// <summary>Mixes the values of each window.</summary>
    /// <param name="qkv">Per row: queries, keys and values, each <paramref name="width"/> wide.</param>
    /// <param name="starts">First row of each window, and the end of the last.</param>
    /// <param name="width">A multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="weights">Receives the attention weights: per window and head a lower triangle in a square. Needed for <see cref="Backward"/>.</param>
    /// <param name="output">Receives <paramref name="width"/> values per row.</param>
    public static void Forward(ReadOnlySpan<float> qkv, ReadOnlySpan<int> starts, int width, int heads, Span<float> weights, Span<float> output)
    {
        int size = width / heads, stride = 3 * width, place = 0;
        float scale = 1 / MathF.Sqrt(size);
        for (int window = 0; window + 1 < starts.Length; window++)
        {
            int first = starts[window], length = starts[window + 1] - first;
            for (int head = 0; head < heads; head++, place += length * length)
            {
                int query = first * stride + head * size, key = query + width, value = key + width;
                for (int i = 0; i < length; i++)
                {
                    Span<float> row = weights.Slice(place + i * length, i + 1);
                    ReadOnlySpan<float> q = qkv.Slice(query + i * stride, size);
                    for (int j = 0; j <= i; j++) row[j] = scale * TensorPrimitives.Dot(q, qkv.Slice(key + j * stride, size));
                    Softmax(row);
                    Span<float> target = output.Slice((first + i) * width + head * size, size);
                    target.Clear();
                    for (int j = 0; j <= i; j++) TensorPrimitives.MultiplyAdd(qkv.Slice(value + j * stride, size), row[j], target, target);
                }
            }
        }
    }

    /// <summary>Sets the gradient with respect to <paramref name="qkv"/>. The scratch holds at least the longest window.</summary>
    public static void Backward(
        ReadOnlySpan<float> qkv, ReadOnlySpan<int> starts, int width, int heads, ReadOnlySpan<float> weights, ReadOnlySpan<float> dOutput,
        Span<float> dQkv, Span<float> scratch)
    {
        int size = width / heads, stride = 3 * width, place = 0;
        float scale = 1 / MathF.Sqrt(size);
        dQkv[..(starts[^1] * stride)].Clear();
        for (int window = 0; window + 1 < starts.Length; window++)
        {
            int first = starts[window], length = starts[window + 1] - first;
            for (int head = 0; head < heads; head++, place += length * length)
            {
                int query = first * stride + head * size, key = query + width, value = key + width;
                for (int i = 0; i < length; i++)
                {
                    ReadOnlySpan<float> row = weights.Slice(place + i * length, i + 1);
                    ReadOnlySpan<float> upstream = dOutput.Slice((first + i) * width + head * size, size);
                    ReadOnlySpan<float> q = qkv.Slice(query + i * stride, size);
                    Span<float> dScores = scratch[..(i + 1)], dq = dQkv.Slice(query + i * stride, size);
                    for (int j = 0; j <= i; j++)
                    {
                        dScores[j] = TensorPrimitives.Dot(upstream, qkv.Slice(value + j * stride, size));
                        Span<float> dv = dQkv.Slice(value + j * stride, size);
                        TensorPrimitives.MultiplyAdd(upstream, row[j], dv, dv);
                    }
                    float expected = TensorPrimitives.Dot(row, dScores);
                    for (int j = 0; j <= i; j++)
                    {
                        float dScore = scale * row[j] * (dScores[j] - expected);
                        Span<float> dk = dQkv.Slice(key + j * stride, size);
                        TensorPrimitives.MultiplyAdd(qkv.Slice(key + j * stride, size), dScore, dq, dq);
                        TensorPrimitives.MultiplyAdd(q, dScore, dk, dk);
                    }
                }
            }
        }
    }

    private static void Softmax(Span<float> row)
    {
        TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);
        TensorPrimitives.Exp(row, row);
        TensorPrimitives.Multiply(row, 1 / TensorPrimitives.Sum<float>(row), row);
    }
}
