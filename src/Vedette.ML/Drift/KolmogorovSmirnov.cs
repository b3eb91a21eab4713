namespace Vedette.ML.Drift;

/// <summary>Greatest difference between the distribution functions of two samples, and how surprising it is.</summary>
/// <param name="Statistic">In [0, 1].</param>
/// <param name="PValue">Chance of at least this difference if both samples come from one continuous distribution: asymptotic, sound from about 30 values each.</param>
public readonly record struct KolmogorovSmirnov(double Statistic, double PValue)
{
    /// <summary>Compares two samples. O(n·log n).</summary>
    /// <remarks>N. V. Smirnov, Ann. Math. Stat. 19(2), 1948; with ties the p-value is on the safe side.</remarks>
    /// <param name="first">At least one value that is not NaN.</param>
    /// <param name="second">At least one value that is not NaN.</param>
    /// <exception cref="ArgumentException">A sample has no value.</exception>
    public static KolmogorovSmirnov Compare(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        float[] a = Sorted(first), b = Sorted(second);
        if (a.Length == 0 || b.Length == 0) throw new ArgumentException($"Samples of {a.Length} and {b.Length} values cannot be compared.", nameof(first));
        return CompareSorted(a, b);
    }

    internal static KolmogorovSmirnov CompareSorted(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double greatest = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            float value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == value) i++;
            while (j < b.Length && b[j] == value) j++;
            greatest = Math.Max(greatest, Math.Abs(i / (double)a.Length - j / (double)b.Length));
        }
        double effective = a.Length * (double)b.Length / (a.Length + (double)b.Length);
        return new KolmogorovSmirnov(greatest, Survival(Math.Sqrt(effective) * greatest));
    }

    internal static float[] Sorted(ReadOnlySpan<float> values)
    {
        var present = new List<float>(values.Length);
        foreach (float value in values)
            if (!float.IsNaN(value)) present.Add(value);
        present.Sort();
        return [.. present];
    }

    /// <summary>Kolmogorov's limit distribution: the chance to exceed <paramref name="z"/>. Of its two series the one that converges fast.</summary>
    private static double Survival(double z)
    {
        if (z < 0.2) return 1;
        double sum = 0;
        if (z < 1.18)
        {
            for (int k = 1; k <= 7; k += 2) sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * z * z));
            return Math.Clamp(1 - Math.Sqrt(2 * Math.PI) / z * sum, 0, 1);
        }
        for (int k = 1; k <= 10; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        return Math.Clamp(sum, 0, 1);
    }
}
