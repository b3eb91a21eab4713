using Vedette.Lab.Attacks;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Attacks;

public sealed class PayloadLibraryTests
{
    [Fact]
    public void HoldsMoreThanOneHundredDistinctPayloadsOfTwelveTypes()
    {
        var all = PayloadLibrary.Types.SelectMany(PayloadLibrary.For).ToArray();
        Assert.True(all.Length > 100);
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(12, PayloadLibrary.Types.Count);
        Assert.All(PayloadLibrary.Types, t => Assert.True(PayloadLibrary.For(t).Count >= 8));
    }

    [Fact]
    public void DrawnPayloadsHaveNoPlaceholders()
    {
        var random = new RandomSource(5);
        foreach (var type in PayloadLibrary.Types)
            for (int i = 0; i < 200; i++) Assert.DoesNotContain('¤', PayloadLibrary.Draw(type, random));
    }

    [Fact]
    public void EncodedPayloadsFitIntoARequestLine()
    {
        var random = new RandomSource(6);
        foreach (var type in PayloadLibrary.Types)
        {
            for (int i = 0; i < 400; i++)
            {
                string payload = PayloadLibrary.Draw(type, random);
                string encoded = PayloadEncoder.Encode(payload, type, (Intensity)(i % 3), random);
                Assert.All(encoded, c => Assert.InRange(c, '!', '~'));
            }
        }
    }

    [Theory]
    [InlineData(TruthType.SqlInjection)]
    [InlineData(TruthType.Xss)]
    [InlineData(TruthType.PathTraversal)]
    public void TheSamePayloadIsEncodedInManyWays(TruthType type)
    {
        var random = new RandomSource(7);
        string payload = PayloadLibrary.For(type)[0];
        var encodings = Enumerable.Range(0, 200).Select(_ => PayloadEncoder.Encode(payload, type, Intensity.Hard, random)).ToHashSet();
        Assert.True(encodings.Count >= 5);
    }
}
