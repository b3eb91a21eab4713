using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>The bend between two dense layers.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x·Φ(x) in its tanh form (D. Hendrycks, K. Gimpel, 2016, https://arxiv.org/abs/1606.08415).</summary>
    Gelu,
}

/// <summary>Applies an <see cref="Activation"/> and its derivative.</summary>
internal static class Activations
{
    // 2·√(2/π): x/2·(1 + tanh u) is x·σ(2u), with u = √(2/π)·(x + 0.044715·x³).
    private const float Slope = 1.5957691216f;
    private const float Cubic = 0.044715f;

    public static void Forward(Activation kind, ReadOnlySpan<float> x, Span<float> y)
    {
        if (kind == Activation.Relu)
        {
            TensorPrimitives.Max(x, 0f, y);
            return;
        }
        GeluGate(x, y);
        TensorPrimitives.Multiply(x, y[..x.Length], y);
    }

    /// <summary>Multiplies <paramref name="gradient"/> by the derivative at <paramref name="x"/>.</summary>
    public static void Backward(Activation kind, ReadOnlySpan<float> x, Span<float> gradient, Span<float> scratch)
    {
        if (kind == Activation.Relu)
        {
            for (int i = 0; i < x.Length; i++) gradient[i] = x[i] > 0 ? gradient[i] : 0;
            return;
        }
        GeluGate(x, scratch);
        for (int i = 0; i < x.Length; i++)
        {
            float gate = scratch[i];
            float bend = Slope * (1 + 3 * Cubic * x[i] * x[i]);
            gradient[i] *= gate + x[i] * gate * (1 - gate) * bend;
        }
    }

    private static void GeluGate(ReadOnlySpan<float> x, Span<float> gate)
    {
        for (int i = 0; i < x.Length; i++) gate[i] = Slope * x[i] * (1 + Cubic * x[i] * x[i]);
        TensorPrimitives.Sigmoid(gate[..x.Length], gate);
    }
}
