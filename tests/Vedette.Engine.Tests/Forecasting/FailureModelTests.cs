using System.Text;
using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class FailureModelTests
{
    [Fact]
    public void NoSignOfTroubleMakesTheShippedModelMoreConfident()
    {
        FailureModel model = FailureModel.LoadEmbedded();
        double[] none = new double[ForecastFeatures.Count];
        for (int h = 0; h < FailureModel.Horizons.Length; h++)
        {
            double before = model.Probability(h, none);
            Assert.True(before < 0.05);
            for (int f = 0; f < none.Length; f++)
            {
                if (f == (int)ForecastFeature.LoadRise) continue;
                double[] one = [.. none];
                one[f] = 1;
                Assert.True(model.Probability(h, one) >= before);
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"version\":99}")]
    [InlineData("not json")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"other\":{\"5\":{\"bias\":\"x\"}}}")]
    public void AFileThatLacksSomethingIsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => FailureModel.Load(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void WrongLengthsAreRefused() => Assert.Throws<ArgumentException>(() => new FailureModel([1], [1]));
}
