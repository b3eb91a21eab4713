using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Negative log-likelihood of one class under the softmax of a row of logits, in nats.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>The loss. Destroys the logits.</summary>
    public static float Loss(Span<float> logits, int target)
    {
        float chosen = logits[target];
        return LogSum(logits, out _) - chosen;
    }

    /// <summary>The loss; the logits become its gradient times <paramref name="scale"/>: scale·(softmax - one-hot).</summary>
    public static float LossAndGradient(Span<float> logits, int target, float scale)
    {
        float chosen = logits[target];
        float loss = LogSum(logits, out float sum) - chosen;
        TensorPrimitives.Multiply(logits, scale / sum, logits);
        logits[target] -= scale;
        return loss;
    }

    /// <summary>ln Σ exp; leaves exp(logit - largest) behind, so no logit can overflow.</summary>
    private static float LogSum(Span<float> logits, out float sum)
    {
        float largest = TensorPrimitives.Max<float>(logits);
        TensorPrimitives.Subtract(logits, largest, logits);
        TensorPrimitives.Exp(logits, logits);
        sum = TensorPrimitives.Sum<float>(logits);
        return largest + MathF.Log(sum);
    }
}
