namespace Vedette.ML.Bench;

/// <summary>The table every benchmark uses; <c>peers.py</c> reads the same numbers from the file that <see cref="Save"/> writes.</summary>
internal sealed class SyntheticRows
{
    public const int Rows = 100_000;
    public const int Features = 20;

    private SyntheticRows(float[] values, float[] labels) => (Values, Labels) = (values, labels);

    public float[] Values { get; }

    public float[] Labels { get; }

    /// <summary>Gaussian features, two of them rounded to few values; labels from a noisy function with an interaction.</summary>
    public static SyntheticRows Make(int rows = Rows, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        float[] values = new float[rows * Features];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            var x = values.AsSpan(row * Features, Features);
            foreach (ref float value in x) value = (float)random.NextGaussian();
            (x[18], x[19]) = (MathF.Round(x[18]), x[19] > 0.5f ? 1 : 0);
            double logit = 1.2 * x[0] - 0.8 * x[1] + x[2] * x[3] + Math.Sin(2 * x[4]) + 0.7 * x[19] + 0.5 * x[5] * (x[6] > 0 ? 1 : -1) - 0.3;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }
        return new SyntheticRows(values, labels);
    }

    /// <summary>The first <paramref name="rows"/> rows.</summary>
    public SyntheticRows First(int rows) => new(Values[..(rows * Features)], Labels[..rows]);

    /// <summary>Writes values, then labels, as little-endian floats.</summary>
    public void Save(string path)
    {
        using var stream = File.Create(path);
        stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Values));
        stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Labels));
    }
}
