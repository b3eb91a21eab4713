using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class TrafficScaleTests
{
    private static readonly int Width = WindowFeatures.Count;

    [Fact]
    public void ItBeginsWithTheScaleThatWasLearnt()
    {
        FeatureScale learnt = FeatureScale.Fit(Rows(200, 10), Width);
        float[] row = Rows(1, 25), expected = new float[Width], scaled = new float[Width];
        learnt.Apply(row, expected);
        var scale = new TrafficScale(learnt);
        scale.Notice(row);
        scale.Apply(row, scaled);
        for (int i = 0; i < Width; i++) Assert.Equal(expected[i], scaled[i], 1e-3f);
    }

    [Fact]
    public void WhatIsOrdinaryFollowsTheTraffic()
    {
        var scale = new TrafficScale(FeatureScale.Fit(Rows(200, 10), Width));
        float[] busy = Rows(2000, 1000), scaled = new float[Width];
        scale.Notice(busy.AsSpan(0, Width));
        scale.Apply(busy.AsSpan(0, Width), scaled);
        float before = scaled[0];
        for (int i = 0; i < 2000; i++) scale.Learn(busy.AsSpan(i * Width, Width));
        scale.Settle();
        scale.Apply(busy.AsSpan(0, Width), scaled);
        Assert.True(before > 5, $"{before}");
        Assert.InRange(scaled[0], -2, 2);
    }

    [Fact]
    public void WhatHasNotHappenedYetIsNoSensation()
    {
        float[] told = Rows(200, 10), silent = new float[Width], scaled = new float[Width];
        var scale = new TrafficScale(FeatureScale.Fit(told, Width));
        for (int i = 0; i < 50_000; i++) scale.Learn(silent);
        scale.Settle();
        FeatureScale learnt = FeatureScale.Fit(told, Width);
        float[] once = new float[Width];
        once[0] = 1;
        scale.Notice(once);
        scale.Apply(once, scaled);
        Assert.Equal(MathF.Log(2) / learnt.Scaler.Scales[0], scaled[0], 0.1f);
    }

    [Fact]
    public void WhatIsNotToldIsOrdinary()
    {
        var scale = new TrafficScale(FeatureScale.Fit(Rows(200, 10), Width));
        float[] row = Rows(1, 1000), scaled = new float[Width];
        row[WindowFeatures.AvgResponseTime] = 0;
        scale.Notice(row);
        scale.Apply(row, scaled);
        Assert.Equal(0, scaled[WindowFeatures.AvgResponseTime]);
        Assert.DoesNotContain(0, scaled.Where(static (_, column) => column != WindowFeatures.AvgResponseTime));
    }

    /// <summary>Counts around a level, in every column.</summary>
    private static float[] Rows(int count, float level)
    {
        var random = new Random(11);
        float[] rows = new float[count * Width];
        for (int i = 0; i < rows.Length; i++) rows[i] = level * (0.5f + (float)random.NextDouble());
        return rows;
    }
}
