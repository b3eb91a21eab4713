using Vedette.Lab.Evaluation;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class EqualRecallTests
{
    [Fact]
    public void CountsNegativesAboveTheScoreThatIsNeeded()
    {
        float[] labels = [1, 0, 1, 0, 0, 1];
        float[] scores = [9, 8, 7, 6, 5, 4];
        Assert.Equal(new EqualRecall(9, 0), EqualRecall.At(labels, scores, 1));
        Assert.Equal(new EqualRecall(7, 1), EqualRecall.At(labels, scores, 2));
        Assert.Equal(new EqualRecall(4, 3), EqualRecall.At(labels, scores, 3));
    }

    [Fact]
    public void OfEqualScoresAPartCountsInPart()
    {
        float[] labels = [1, 1, 1, 1, 0, 0];
        float[] scores = [1, 1, 1, 1, 1, 1];
        Assert.Equal(0.5, EqualRecall.At(labels, scores, 1).FalsePositives);
        Assert.Equal(1, EqualRecall.At(labels, scores, 2).FalsePositives);
    }

    [Fact]
    public void AgreesWithTryingEveryThreshold()
    {
        var random = new RandomSource(3);
        float[] labels = [.. Enumerable.Range(0, 200).Select(_ => random.Chance(0.2) ? 1f : 0f)];
        float[] scores = [.. labels.Select(label => (float)(random.Uniform() + label * 0.3))];
        for (int wanted = 1; wanted <= labels.Count(static l => l == 1); wanted += 7)
        {
            float threshold = scores.Where(s => scores.Zip(labels).Count(p => p.Second == 1 && p.First >= s) >= wanted).Max();
            int wrong = scores.Zip(labels).Count(p => p.Second == 0 && p.First >= threshold);
            Assert.Equal(new EqualRecall(threshold, wrong), EqualRecall.At(labels, scores, wanted));
        }
    }

    [Fact]
    public void NothingToFindCostsNothingAndTooMuchIsRefused()
    {
        Assert.Equal(0, EqualRecall.At([0f, 1f], [2f, 1f], 0).FalsePositives);
        Assert.Throws<ArgumentException>(() => EqualRecall.At([0f, 1f], [2f, 1f], 2));
    }

    [Fact]
    public void AReductionIsUndefinedAgainstNothing()
    {
        Assert.Equal(0.75, EqualRecall.Reduction(5, 20));
        Assert.Null(EqualRecall.Reduction(5, 0));
    }
}
