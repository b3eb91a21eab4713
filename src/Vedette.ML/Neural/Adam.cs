using System.Numerics;
using System.Runtime.InteropServices;

namespace Vedette.ML.Neural;

/// <summary>Adam with decoupled weight decay and clipping of the gradient's length.</summary>
/// <remarks>
/// D. P. Kingma, J. Ba, "Adam", ICLR 2015, https://arxiv.org/abs/1412.6980; I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization",
/// ICLR 2019, https://arxiv.org/abs/1711.05101. A decay of 0 is plain Adam.
/// </remarks>
internal sealed class Adam(int count, float weightDecay, float maxNorm)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _mean = new float[count];
    private readonly float[] _square = new float[count];
    private int _step;

    /// <summary>Moves the parameters one step against the gradients.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        _step++;
        float clip = ClipFactor(gradients);
        // Bias correction folded into the rate and epsilon, as in section 2 of the paper.
        float correction = MathF.Sqrt(1 - MathF.Pow(Beta2, _step));
        float rate = learningRate * correction / (1 - MathF.Pow(Beta1, _step));
        float epsilon = Epsilon * correction;
        float shrink = 1 - learningRate * weightDecay;

        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(_mean.AsSpan());
        var v = MemoryMarshal.Cast<float, Vector<float>>(_square.AsSpan());
        for (int i = 0; i < p.Length; i++)
        {
            var gradient = g[i] * clip;
            m[i] = Beta1 * m[i] + (1 - Beta1) * gradient;
            v[i] = Beta2 * v[i] + (1 - Beta2) * gradient * gradient;
            p[i] = shrink * p[i] - rate * m[i] / (Vector.SquareRoot(v[i]) + new Vector<float>(epsilon));
        }
        for (int i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            float gradient = gradients[i] * clip;
            _mean[i] = Beta1 * _mean[i] + (1 - Beta1) * gradient;
            _square[i] = Beta2 * _square[i] + (1 - Beta2) * gradient * gradient;
            parameters[i] = shrink * parameters[i] - rate * _mean[i] / (MathF.Sqrt(_square[i]) + epsilon);
        }
    }

    private float ClipFactor(ReadOnlySpan<float> gradients)
    {
        float norm = System.Numerics.Tensors.TensorPrimitives.Norm(gradients);
        return norm > maxNorm ? maxNorm / norm : 1;
    }
}
