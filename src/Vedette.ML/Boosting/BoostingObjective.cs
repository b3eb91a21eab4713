using System.Numerics.Tensors;

namespace Vedette.ML.Boosting;

/// <summary>What boosting minimises. The numbers are part of the model file.</summary>
public enum BoostingObjective
{
    /// <summary>Log loss of labels 0 and 1; the sum of the trees is a log-odds.</summary>
    Logistic = 0,

    /// <summary>Half the squared error; the sum of the trees is the prediction.</summary>
    SquaredError = 1,
}

/// <summary>Derivatives, starting points and losses of the objectives.</summary>
internal static class Objectives
{
    private const float LeastHessian = 1e-16f;

    /// <summary>The constant that fits best; certain labels are taken back by half a row, so that the log-odds stay finite.</summary>
    public static double BaseScore(BoostingObjective objective, ReadOnlySpan<float> labels)
    {
        double sum = 0;
        foreach (float label in labels) sum += label;
        if (objective == BoostingObjective.SquaredError) return sum / labels.Length;
        double p = Math.Clamp(sum, 0.5, Math.Max(0.5, labels.Length - 0.5)) / labels.Length;
        return p is > 0 and < 1 ? Math.Log(p / (1 - p)) : 0;
    }

    /// <summary>First and second derivative of the loss by the score, per label.</summary>
    public static void Derive(BoostingObjective objective, ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> gradients, Span<float> hessians)
    {
        scores = scores[..labels.Length];
        if (objective == BoostingObjective.SquaredError)
        {
            TensorPrimitives.Subtract(scores, labels, gradients);
            hessians[..labels.Length].Fill(1);
            return;
        }
        TensorPrimitives.Sigmoid(scores, gradients);
        for (int i = 0; i < labels.Length; i++)
        {
            float p = gradients[i];
            hessians[i] = Math.Max(p * (1 - p), LeastHessian);
            gradients[i] = p - labels[i];
        }
    }

    /// <summary>Mean loss.</summary>
    public static double Loss(BoostingObjective objective, ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double score = scores[i];
            // log(1 + e^s) without overflow.
            sum += objective == BoostingObjective.SquaredError
                ? (score - labels[i]) * (score - labels[i]) / 2
                : Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - labels[i] * score;
        }
        return sum / labels.Length;
    }
}
