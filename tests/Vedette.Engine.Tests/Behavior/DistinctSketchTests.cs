using Vedette.Engine.Behavior;
using Vedette.Engine.Events;

namespace Vedette.Engine.Tests.Behavior;

public sealed class DistinctSketchTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 2)]
    [InlineData(60, 8)]
    [InlineData(300, 60)]
    public void CountsDifferentOnesNearly(int different, int tolerance)
    {
        double sum = 0;
        const int trials = 40;
        for (int trial = 0; trial < trials; trial++)
        {
            var sketch = default(DistinctSketch);
            for (int i = 0; i < different; i++) sketch.Add(Of(trial * 10_000 + i));
            Assert.InRange(sketch.Count, different - 4 * Math.Max(1, tolerance), different + 4 * Math.Max(1, tolerance));
            sum += sketch.Count;
        }
        Assert.InRange(sum / trials, different - tolerance - 0.5, different + tolerance + 0.5);
    }

    [Fact]
    public void WhatComesAgainDoesNotCount()
    {
        var sketch = default(DistinctSketch);
        Assert.True(sketch.Add(Of(1)));
        for (int i = 0; i < 1000; i++) Assert.False(sketch.Add(Of(1)));
        Assert.Equal(1, sketch.Count);
    }

    [Fact]
    public void StopsWhereItIsFull()
    {
        var sketch = default(DistinctSketch);
        for (int i = 0; i < 100_000; i++) sketch.Add(Of(i));
        // The sum of 128/k for k from 1 to 128 is 695.4.
        Assert.Equal(695, sketch.Count);
        Assert.False(sketch.Add(Of(100_001)));
    }

    private static ulong Of(int number) => Fingerprint.Of(BitConverter.GetBytes(number), 7);
}
