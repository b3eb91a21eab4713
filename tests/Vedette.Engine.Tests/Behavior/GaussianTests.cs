using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class GaussianTests
{
    /// <summary>Expected values: 0.5·erfc(z/√2) of the C library, as Python prints them.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.3085375387259869)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(1.96, 0.024997895148220435)]
    [InlineData(2, 0.02275013194817922)]
    [InlineData(3, 0.0013498980316300957)]
    [InlineData(4, 3.1671241833119965e-05)]
    [InlineData(5, 2.866515718791946e-07)]
    [InlineData(6, 9.865876450377012e-10)]
    [InlineData(8, 6.220960574271819e-16)]
    [InlineData(10, 7.619853024160593e-24)]
    [InlineData(-1, 0.8413447460685429)]
    [InlineData(-3, 0.9986501019683699)]
    public void UpperTailAgreesWithTheTable(double z, double expected) => Assert.Equal(1, Gaussian.UpperTail(z) / expected, 1e-6);

    [Fact]
    public void UpperTailFallsAllTheWayAndStaysAProbability()
    {
        double before = 1;
        for (double z = -12; z < 45; z += 0.25)
        {
            double tail = Gaussian.UpperTail(z);
            Assert.InRange(tail, 0, before);
            before = tail;
        }
    }
}
