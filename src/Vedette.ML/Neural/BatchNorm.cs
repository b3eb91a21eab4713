using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Scales each column of a mini-batch to mean 0 and variance 1, then by a learnt gain and shift; running averages take over when predicting.</summary>
/// <remarks>S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015, https://arxiv.org/abs/1502.03167.</remarks>
internal sealed class BatchNorm(ParameterLayout layout, ParameterLayout averages, int width)
{
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    public Slice Gain { get; } = layout.Add(1, width);

    public Slice Shift { get; } = layout.Add(1, width);

    /// <summary>Place of the running means in the averages.</summary>
    public Slice Mean { get; } = averages.Add(1, width);

    /// <summary>Place of the running variances in the averages.</summary>
    public Slice Variance { get; } = averages.Add(1, width);

    public void Initialize(float[] parameters, float[] running)
    {
        Gain.Of(parameters).Fill(1);
        Shift.Of(parameters).Clear();
        Mean.Of(running).Clear();
        Variance.Of(running).Fill(1);
    }

    /// <summary>Normalises by the running averages.</summary>
    public void Predict(float[] parameters, float[] running, ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        ReadOnlySpan<float> gain = Gain.Of(parameters), shift = Shift.Of(parameters), mean = Mean.Of(running), variance = Variance.Of(running);
        for (int i = 0; i < rows * width; i += width)
        {
            for (int column = 0; column < width; column++)
                y[i + column] = (x[i + column] - mean[column]) / MathF.Sqrt(variance[column] + Epsilon) * gain[column] + shift[column];
        }
    }

    /// <summary>Normalises by the batch, moves the running averages, and keeps the normalised rows and one inverse deviation per column.</summary>
    public void Forward(float[] parameters, float[] running, ReadOnlySpan<float> x, int rows, Span<float> normalized, Span<float> inverse, Span<float> y)
    {
        Span<float> mean = new float[width], variance = new float[width];
        for (int row = 0; row < rows; row++) TensorPrimitives.Add(mean, x.Slice(row * width, width), mean);
        TensorPrimitives.Multiply(mean, 1f / rows, mean);
        for (int row = 0; row < rows; row++)
        {
            Span<float> centered = normalized.Slice(row * width, width);
            TensorPrimitives.Subtract(x.Slice(row * width, width), mean, centered);
            TensorPrimitives.MultiplyAdd(centered, centered, variance, variance);
        }
        MoveAverages(running, mean, variance, rows);
        for (int column = 0; column < width; column++) inverse[column] = 1 / MathF.Sqrt(variance[column] / rows + Epsilon);
        for (int row = 0; row < rows; row++)
        {
            Span<float> unit = normalized.Slice(row * width, width);
            TensorPrimitives.Multiply(unit, inverse[..width], unit);
            TensorPrimitives.MultiplyAdd(unit, Gain.Of(parameters), Shift.Of(parameters), y.Slice(row * width, width));
        }
    }

    /// <summary>Adds to the gradients of gain and shift; <paramref name="dy"/> becomes the gradient of the input.</summary>
    public void Backward(
        float[] parameters, ReadOnlySpan<float> normalized, ReadOnlySpan<float> inverse, Span<float> dy, int rows, float[] gradients)
    {
        Span<float> sum = new float[width], along = new float[width], factor = new float[width];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> upstream = dy.Slice(row * width, width);
            TensorPrimitives.Add(sum, upstream, sum);
            TensorPrimitives.MultiplyAdd(upstream, normalized.Slice(row * width, width), along, along);
        }
        TensorPrimitives.Add(Shift.Of(gradients), sum, Shift.Of(gradients));
        TensorPrimitives.Add(Gain.Of(gradients), along, Gain.Of(gradients));
        TensorPrimitives.Multiply(Gain.Of(parameters), inverse[..width], factor);
        for (int row = 0; row < rows; row++)
        {
            Span<float> target = dy.Slice(row * width, width);
            ReadOnlySpan<float> unit = normalized.Slice(row * width, width);
            for (int column = 0; column < width; column++)
                target[column] = factor[column] * (target[column] - (sum[column] + unit[column] * along[column]) / rows);
        }
    }

    private void MoveAverages(float[] running, ReadOnlySpan<float> mean, ReadOnlySpan<float> squares, int rows)
    {
        Span<float> means = Mean.Of(running), variances = Variance.Of(running);
        for (int column = 0; column < width; column++)
        {
            means[column] += Momentum * (mean[column] - means[column]);
            variances[column] += Momentum * (squares[column] / Math.Max(1, rows - 1) - variances[column]);
        }
    }
}
