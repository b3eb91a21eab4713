using Vedette.Training;

namespace Vedette.Engine.Tests.PayloadTraining;

public sealed class RankingTests
{
    [Theory]
    [InlineData(new[] { 0.9f, 0.8f }, new[] { 0.1f, 0.2f }, 1, 0)]
    [InlineData(new[] { 0.1f }, new[] { 0.9f, 0.2f }, 0, 0)]
    [InlineData(new[] { 0.5f, 0.5f }, new[] { 0.5f }, 0.5, 1)]
    [InlineData(new[] { 0.5f, 0.9f }, new[] { 0.5f, 0.1f }, 0.875, 0.25)]
    public void TheAreaCountsPairsAndTiesByHalf(float[] attacks, float[] ordinary, double area, double ties) => Assert.Equal((area, ties), Ranking.Of(attacks, ordinary));

    [Fact]
    public void TheAreaIsThatOfEveryPairLookedAt()
    {
        var random = new Random(3);
        float[] attacks = [.. Enumerable.Range(0, 200).Select(_ => random.Next(20) / 20f)], ordinary = [.. Enumerable.Range(0, 300).Select(_ => random.Next(15) / 20f)];
        double above = attacks.Sum(attack => ordinary.Sum(other => attack > other ? 1 : attack == other ? 0.5 : 0));
        Assert.Equal(above / (attacks.Length * ordinary.Length), Ranking.Of(attacks, ordinary).Area, 1e-12);
    }
}
