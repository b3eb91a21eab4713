using System.Text.Json;
using Vedette.ML.Drift;

namespace Vedette.ML.Tests.Drift;

public class DriftTests
{
    [Fact]
    public void KolmogorovSmirnovEqualsSciPys()
    {
        foreach (JsonElement expected in ReferenceValues.Neural("kolmogorovSmirnov").EnumerateArray())
        {
            var test = KolmogorovSmirnov.Compare(expected.Floats("a"), expected.Floats("b"));

            Assert.Equal(expected.Double("statistic"), test.Statistic, 1e-9);
            Assert.Equal(expected.Double("p"), test.PValue, 1e-7);
        }
    }

    [Fact]
    public void StabilityIndexIsTheSumOverBinsWithAFloor()
    {
        Assert.Equal(0.1 * Math.Log(0.6 / 0.5) - 0.1 * Math.Log(0.4 / 0.5), DriftReference.Psi([0.5, 0.5], [0.6, 0.4]), 1e-12);
        Assert.Equal(0.4999 * Math.Log(0.5 / 1e-4) - 0.5 * Math.Log(0.5), DriftReference.Psi([0, 0.5], [0.5, 1]), 1e-9);
        Assert.Throws<ArgumentException>(() => DriftReference.Psi([1], [0.5, 0.5]));
    }

    [Fact]
    public void OnlyTheColumnThatMovedIsReported()
    {
        float[] before = Rows(3000, 1, 0, 0), after = Rows(1500, 2, 0.8, 0), missing = Rows(1500, 3, 0, 0.4);
        var reference = DriftReference.Fit(before, 2);

        ColumnDrift[] same = reference.Compare(Rows(1500, 4, 0, 0)), moved = reference.Compare(after), lost = reference.Compare(missing);

        Assert.All(same, drift => Assert.True(drift.Psi < 0.05 && drift.KolmogorovSmirnov.PValue > 0.001));
        Assert.True(moved[0].Psi > 0.25 && moved[0].KolmogorovSmirnov.PValue < 1e-6);
        Assert.True(moved[1].Psi < 0.05);
        Assert.True(lost[1].Psi > 0.25, "Values gone missing are a drift.");
        Assert.True(lost[1].KolmogorovSmirnov.PValue > 0.001, "The values still present are as before.");
    }

    [Fact]
    public void ConstantAndEntirelyMissingColumnsCompareWithoutHarm()
    {
        float[] rows = [5, float.NaN, 5, float.NaN];
        var reference = DriftReference.Fit(rows, 2);

        Assert.All(reference.Compare(rows), drift => Assert.Equal(0, drift.Psi));
        ColumnDrift[] drift = reference.Compare([6, 1]);

        Assert.True(drift[0].Psi > 1 && drift[1].Psi > 1);
        Assert.Equal(new KolmogorovSmirnov(0, 1), drift[1].KolmogorovSmirnov);
    }

    [Fact]
    public void SavedReferenceComparesAsBefore()
    {
        var reference = DriftReference.Fit(Rows(2000, 5, 0, 0.1), 2);
        using var file = new MemoryStream();
        reference.Save(file);
        file.Position = 0;
        float[] rows = Rows(300, 6, 0.3, 0.2);

        Assert.Equal(reference.Compare(rows), DriftReference.Load(file).Compare(rows));
        Assert.Throws<ArgumentException>(() => reference.Compare([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Compare([float.NaN], [1]));
    }

    private static float[] Rows(int count, ulong seed, double shift, double missing)
    {
        var random = new SeededRandom(seed);
        float[] rows = new float[2 * count];
        for (int row = 0; row < count; row++)
        {
            rows[2 * row] = (float)(random.NextGaussian() + shift);
            rows[2 * row + 1] = random.NextDouble() < missing ? float.NaN : (float)Math.Exp(random.NextGaussian());
        }
        return rows;
    }
}
