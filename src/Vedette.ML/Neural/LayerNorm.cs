using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Scales each row to mean 0 and variance 1, then by a learnt gain and shift.</summary>
/// <remarks>J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016, https://arxiv.org/abs/1607.06450.</remarks>
internal sealed class LayerNorm(ParameterLayout layout, int width)
{
    private const float Epsilon = 1e-5f;

    public Slice Gain { get; } = layout.Add(1, width);

    public Slice Shift { get; } = layout.Add(1, width);

    public void Initialize(float[] parameters)
    {
        Gain.Of(parameters).Fill(1);
        Shift.Of(parameters).Clear();
    }

    /// <summary>Normalises each row of x into y, and keeps what <see cref="Backward"/> needs: the normalised rows and one inverse deviation per row.</summary>
    public void Forward(float[] parameters, ReadOnlySpan<float> x, int rows, Span<float> normalized, Span<float> inverse, Span<float> y)
    {
        ReadOnlySpan<float> gain = Gain.Of(parameters), shift = Shift.Of(parameters);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> source = x.Slice(row * width, width);
            Span<float> centered = normalized.Slice(row * width, width);
            TensorPrimitives.Subtract(source, TensorPrimitives.Sum(source) / width, centered);
            inverse[row] = 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(centered) / width + Epsilon);
            TensorPrimitives.Multiply(centered, inverse[row], centered);
            TensorPrimitives.MultiplyAdd(centered, gain, shift, y.Slice(row * width, width));
        }
    }

    /// <summary>Adds to the gradients of gain and shift, and to <paramref name="dx"/>: the input also feeds the residual path. The scratch holds a row.</summary>
    public void Backward(
        float[] parameters, ReadOnlySpan<float> normalized, ReadOnlySpan<float> inverse, ReadOnlySpan<float> dy, int rows,
        float[] gradients, Span<float> dx, Span<float> scratch)
    {
        ReadOnlySpan<float> gain = Gain.Of(parameters);
        Span<float> dGain = Gain.Of(gradients), dShift = Shift.Of(gradients), scaled = scratch[..width];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> upstream = dy.Slice(row * width, width), unit = normalized.Slice(row * width, width);
            Span<float> target = dx.Slice(row * width, width);
            TensorPrimitives.MultiplyAdd(upstream, unit, dGain, dGain);
            TensorPrimitives.Add(dShift, upstream, dShift);
            // dx = (g - mean(g) - x̂·mean(g·x̂))/σ with g = dy·gain.
            TensorPrimitives.Multiply(upstream, gain, scaled);
            float mean = TensorPrimitives.Sum<float>(scaled) / width;
            float along = TensorPrimitives.Dot(scaled, unit) / width;
            TensorPrimitives.Subtract(scaled, mean, scaled);
            TensorPrimitives.MultiplyAdd(unit, -along, scaled, scaled);
            TensorPrimitives.MultiplyAdd(scaled, inverse[row], target, target);
        }
    }
}
