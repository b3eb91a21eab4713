namespace Vedette.ML.Tests.Neural;

/// <summary>Compares gradients with central differences.</summary>
internal static class GradientCheck
{
    /// <summary>Asserts that <paramref name="gradient"/> is that of <paramref name="loss"/> with respect to <paramref name="values"/>.</summary>
    public static void AssertMatches(float[] values, float[] gradient, Func<double> loss, double tolerance = 2e-3, float step = 0.01f)
    {
        double scale = 0.05 + gradient.Take(values.Length).Max(Math.Abs);
        int stride = Math.Max(1, values.Length / 300);
        for (int i = 0; i < values.Length; i += stride)
        {
            float kept = values[i];
            double Shifted(float by)
            {
                values[i] = kept + by;
                return loss();
            }
            // Central differences of fourth order: layer norms bend too much for the plain ones.
            double expected = (8 * (Shifted(step) - Shifted(-step)) - (Shifted(2 * step) - Shifted(-2 * step))) / (12 * step);
            values[i] = kept;
            Assert.True(Math.Abs(expected - gradient[i]) <= tolerance * scale, $"Gradient {i} is {gradient[i]}, differences give {expected}.");
        }
    }

    public static float[] Random(int count, ulong seed, double scale = 1)
    {
        var random = new SeededRandom(seed);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan()) value = (float)(scale * random.NextGaussian());
        return values;
    }

    /// <summary>Σ weight·output: a loss whose gradient with respect to the output is the weights.</summary>
    public static double Weigh(float[] weights, ReadOnlySpan<float> outputs)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += (double)weights[i] * outputs[i];
        return sum;
    }
}
