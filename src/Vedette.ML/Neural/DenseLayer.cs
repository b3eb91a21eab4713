using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>y = x·W + b, with W of shape (inputs, outputs).</summary>
internal sealed class DenseLayer(ParameterLayout layout, int inputs, int outputs)
{
    private readonly PackedMatrix _forward = new();
    private readonly PackedMatrix _backward = new();

    public Slice Weight { get; } = layout.Add(inputs, outputs);

    public Slice Bias { get; } = layout.Add(1, outputs);

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Draws weights uniformly within ±√(gain·3/inputs) and clears the bias (He et al. 2015 for a gain of 2, LeCun 1998 for 1).</summary>
    public void Initialize(float[] parameters, ref SeededRandom random, double gain)
    {
        float bound = (float)Math.Sqrt(3 * gain / inputs);
        foreach (ref float weight in Weight.Of(parameters)) weight = (2 * random.NextSingle() - 1) * bound;
        Bias.Of(parameters).Clear();
    }

    /// <summary>Takes over the weights for <see cref="Forward"/>. Call after every change of the parameters.</summary>
    public void Pack(float[] parameters) => _forward.Pack(Weight.Of(parameters), inputs, outputs);

    /// <summary>Takes over the weights for <see cref="BackwardInput"/>.</summary>
    public void PackForBackward(float[] parameters) => _backward.PackTransposed(Weight.Of(parameters), outputs, inputs);

    public void Forward(float[] parameters, ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        Gemm.Multiply(x, rows, _forward, y);
        ReadOnlySpan<float> bias = Bias.Of(parameters);
        for (int row = 0; row < rows; row++)
        {
            Span<float> target = y.Slice(row * outputs, outputs);
            TensorPrimitives.Add(target, bias, target);
        }
    }

    /// <summary>Adds to the gradients of W and b.</summary>
    public void BackwardWeights(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows, float[] gradients, PackedMatrix scratch)
    {
        scratch.Pack(dy[..(rows * outputs)], rows, outputs);
        Gemm.AddTransposed(x, inputs, scratch, Weight.Of(gradients));
        Span<float> bias = Bias.Of(gradients);
        for (int row = 0; row < rows; row++) TensorPrimitives.Add(bias, dy.Slice(row * outputs, outputs), bias);
    }

    /// <summary>Sets the gradient with respect to x.</summary>
    public void BackwardInput(ReadOnlySpan<float> dy, int rows, Span<float> dx) => Gemm.Multiply(dy, rows, _backward, dx);
}
