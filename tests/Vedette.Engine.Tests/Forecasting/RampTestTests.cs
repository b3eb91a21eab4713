using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class RampTestTests
{
    private const int Minutes = 24;
    private const double Clear = 2;

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    public void LevelsThatRiseAreARamp(int minutes) => Assert.True(Levels(ago => ago < minutes ? (minutes - ago) * 0.15 : 0) > Clear);

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    public void LevelsThatJumpedAreAStep(int minutes) => Assert.True(Levels(ago => ago < minutes ? 2 : 0) <= 0);

    [Fact]
    public void LevelsThatFallOrStayAreNoRamp()
    {
        Assert.True(Levels(static _ => 0) < 1);
        Assert.True(Levels(static ago => ago * 0.15) < 1);
    }

    /// <summary>A jump that is two minutes old may be the beginning of anything: it must not be called a rise.</summary>
    [Fact]
    public void ABeginningIsNotClear() => Assert.True(Math.Abs(Levels(static ago => ago < 1 ? 2 : 0)) < 1);

    [Fact]
    public void MinutesWithoutRequestsDoNotCount()
    {
        double[] values = new double[Minutes], precisions = new double[Minutes];
        for (int i = 0; i < Minutes; i++) (values[i], precisions[i]) = i % 2 == 0 ? (i * 0.1, 50) : (double.MaxValue / 1e200, 0);
        Assert.True(RampTest.OfLevels(values, precisions) > Clear);
        precisions.AsSpan(3).Clear();
        Assert.Equal(0, RampTest.OfLevels(values, precisions));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(20, true)]
    [InlineData(4, false)]
    [InlineData(12, false)]
    [InlineData(24, false)]
    public void ErrorsThatRiseAreToldFromErrorsThatJumped(int minutes, bool rise)
    {
        double nats = Errors(ago => ago >= minutes ? 0 : rise ? (minutes - ago) * 2 : 15);
        Assert.True(rise ? nats > Clear : nats <= 0);
    }

    /// <summary>The same share of errors among ever more requests is no rise.</summary>
    [Fact]
    public void ErrorsThatGrowWithTheTrafficAreNoRamp()
    {
        double[] requests = [.. Enumerable.Range(0, Minutes).Select(static i => 100.0 * (i + 1))];
        Assert.True(RampTest.OfErrors([.. requests.Select(static n => Math.Round(n * 0.05))], requests, 0.002) < 1);
    }

    /// <summary>What the sums compute, written plainly: the best of all fits by least squares.</summary>
    [Fact]
    public void LevelsAgreeWithLeastSquares()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            double[] values = [.. Enumerable.Range(0, Minutes).Select(i => random.NextDouble() + (i > round % Minutes ? 0.05 * (i - round % Minutes) : 0))];
            double[] precisions = [.. values.Select(_ => random.Next(5) == 0 ? 0 : 3 * random.NextDouble())];
            double none = Loss(values, precisions, static _ => 0);
            double step = Math.Min(Best(values, precisions, static (_, _) => 1), BestPartial(values, precisions) + 2), ramp = Best(values, precisions, static (i, from) => i - from + 1);
            double dispersion = Math.Max(1, Math.Min(step, ramp) / (precisions.Count(static p => p > 0) - 3));
            Assert.Equal(Math.Min((step - ramp) / 2 / dispersion, (none - ramp) / 2 / dispersion - 4), RampTest.OfLevels(values, precisions), 1e-6);
        }
    }

    /// <summary>What begins within a minute shows a part of itself there, and is no rise for that.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void AStepWithinAMinuteIsNoRamp(double part)
    {
        Assert.True(Levels(ago => ago < 3 ? 2 : ago == 3 ? 2 * part : 0) < 1);
        Assert.True(Errors(ago => ago < 3 ? 30 : ago == 3 ? 30 * part : 0) < 1);
    }

    /// <summary>Chance lets some rise explain a little of anything.</summary>
    [Fact]
    public void NoiseIsNoRamp()
    {
        var random = new Random(3);
        double[] precisions = new double[Minutes];
        Array.Fill(precisions, 1);
        int found = 0;
        for (int round = 0; round < 1000; round++)
            if (RampTest.OfLevels([.. Enumerable.Range(0, Minutes).Select(_ => Math.Sqrt(12) * (random.NextDouble() - 0.5))], precisions) > 1) found++;
        Assert.True(found <= 10, $"{found}");
    }

    private static double Best(double[] values, double[] precisions, Func<int, int, double> shape) =>
        Enumerable.Range(0, values.Length).Min(from => Loss(values, precisions, i => i < from ? 0 : shape(i, from)));

    /// <summary>A step after a minute that is left out, where that minute lies between before and after.</summary>
    private static double BestPartial(double[] values, double[] precisions) => Enumerable.Range(1, values.Length - 1).Min(from =>
    {
        double[] others = [.. precisions];
        others[from - 1] = 0;
        double before = Mean(values[..from], others[..from]), after = Mean(values[from..], others[from..]);
        return precisions[from - 1] > 0 && values[from - 1] >= before && values[from - 1] <= after ? Loss(values, others, i => i < from ? 0 : 1) : double.PositiveInfinity;
    });

    private static double Mean(double[] values, double[] precisions) => precisions.Sum() > 0 ? values.Zip(precisions, static (a, p) => a * p).Sum() / precisions.Sum() : double.NaN;

    /// <summary>Weighted squares that a constant and a shape leave; its size is not below zero.</summary>
    private static double Loss(double[] values, double[] precisions, Func<int, double> shape)
    {
        double[] x = [.. values.Select((_, i) => shape(i))];
        double meanX = Mean(x, precisions), meanY = Mean(values, precisions);
        double spread = x.Zip(precisions, (a, p) => p * (a - meanX) * (a - meanX)).Sum();
        double slope = spread < 1e-9 ? 0 : Math.Max(0, Enumerable.Range(0, x.Length).Sum(i => precisions[i] * (x[i] - meanX) * (values[i] - meanY)) / spread);
        return Enumerable.Range(0, x.Length).Sum(i => precisions[i] * Math.Pow(values[i] - meanY - slope * (x[i] - meanX), 2));
    }

    /// <summary>Nats for levels given by how many minutes ago, with a little noise that repeats.</summary>
    private static double Levels(Func<int, double> at)
    {
        double[] values = [.. Enumerable.Range(0, Minutes).Select(i => at(Minutes - 1 - i) + 0.1 * ((i * 7 % 5) - 2) / 2)];
        double[] precisions = new double[Minutes];
        Array.Fill(precisions, 100);
        return RampTest.OfLevels(values, precisions);
    }

    private static double Errors(Func<int, double> at)
    {
        double[] errors = [.. Enumerable.Range(0, Minutes).Select(i => at(Minutes - 1 - i) + (i * 7 % 5 == 0 ? 1 : 0))];
        double[] requests = new double[Minutes];
        Array.Fill(requests, 100);
        return RampTest.OfErrors(errors, requests, 0.002);
    }
}
