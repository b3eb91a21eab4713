namespace Vedette.ML.Tests;

/// <summary>Small synthetic tables.</summary>
internal static class TestRows
{
    /// <summary>Two overlapping Gaussian clouds, the second labelled 1.</summary>
    public static (float[] Rows, float[] Labels) Blobs(int count, int features, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[count * features];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = row % 2;
            for (int feature = 0; feature < features; feature++) rows[row * features + feature] = (float)(random.NextGaussian() + labels[row] * 1.2);
        }
        return (rows, labels);
    }

    /// <summary>A Gaussian cloud with every twentieth row far outside, labelled 1.</summary>
    public static (float[] Rows, float[] Labels) CloudWithOutliers(int count, int features, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[count * features];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = row % 20 == 19 ? 1 : 0;
            for (int feature = 0; feature < features; feature++)
                rows[row * features + feature] = (float)(labels[row] == 1 ? random.NextDouble() * 16 - 8 : random.NextGaussian());
        }
        return (rows, labels);
    }

    /// <summary>Labels from a noisy function with an interaction of two features; the last two features mean nothing.</summary>
    public static (float[] Rows, float[] Labels) Interaction(int count, int features, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[count * features];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            var x = rows.AsSpan(row * features, features);
            foreach (ref float value in x) value = (float)random.NextGaussian();
            double logit = 1.5 * x[0] - x[1] + 1.5 * x[2] * x[3];
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }
        return (rows, labels);
    }
}
