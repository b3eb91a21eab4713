using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class TransitionModelTests
{
    [Fact]
    public void TheUsualStepIsNoSurpriseAndANewOneIs()
    {
        TransitionModel model = Learnt(new() { [TransitionModel.Pair(1, 2)] = 900, [TransitionModel.Pair(1, 3)] = 100, [TransitionModel.Pair(2, 4)] = 800 });
        Assert.True(model.Excess(1, 2) < 0.1);
        Assert.True(model.Excess(1, 4) > 3);
        Assert.True(model.Excess(1, 3) > model.Excess(1, 2));
    }

    [Fact]
    public void NoneOfManyEquallyLikelySuccessorsIsStrange()
    {
        var counts = new Dictionary<long, int>();
        for (int to = 2; to < 32; to++) counts[TransitionModel.Pair(1, to)] = 50;
        TransitionModel model = Learnt(counts);
        for (int to = 2; to < 32; to++) Assert.InRange(model.Excess(1, to), -0.1, 0.1);
    }

    [Fact]
    [Trait("Row", "C4")]
    public void ASurpriseIsTheNegativeLogarithmLessTheEntropy()
    {
        TransitionModel model = Learnt(new() { [TransitionModel.Pair(1, 2)] = 300, [TransitionModel.Pair(1, 3)] = 100 });
        double entropy = -(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25));
        double background = 100.5 / 401;
        double smoothed = (99.5 + 0.5 * 2 * background) / 400;
        Assert.Equal(-Math.Log(smoothed) - entropy, model.Excess(1, 3), 1e-9);
    }

    [Fact]
    public void WhereEverybodyComesFromOnePlaceComingFromAnotherIsStrangeHoweverSeldomThatIsUsed()
    {
        TransitionModel model = Learnt(new() { [TransitionModel.Pair(1, 2)] = 400, [TransitionModel.Pair(3, 4)] = 6 });
        Assert.True(model.Excess(3, 2) > 5);
        Assert.True(model.Excess(1, 2) < 0.1);
    }

    [Fact]
    public void LittleKnownStatesSurpriseNobody()
    {
        TransitionModel model = Learnt(new() { [TransitionModel.Pair(1, 2)] = 49 });
        Assert.Equal(0, model.Excess(1, 3));
        Assert.Equal(0, model.Excess(5000, 1));
    }

    [Fact]
    public void TheOrderOfLearningDoesNotMatter()
    {
        var random = new Random(2);
        var pairs = Enumerable.Range(0, 400).Select(_ => KeyValuePair.Create(TransitionModel.Pair(random.Next(1, 12), random.Next(1, 30)), random.Next(1, 90))).DistinctBy(static p => p.Key).ToList();
        TransitionModel forward = Learnt(new(pairs)), backward = Learnt(new(pairs.AsEnumerable().Reverse()));
        for (int from = 1; from < 12; from++)
            for (int to = 1; to < 30; to++) Assert.Equal(forward.Excess(from, to), backward.Excess(from, to), 1e-9);
    }

    [Fact]
    public void MorePairsThanFitAreDroppedAndTheRestStillCounts()
    {
        var counts = new Dictionary<long, int>();
        for (int i = 0; i < TransitionModel.MaxPairs + 5000; i++) counts[TransitionModel.Pair(1 + i % 300, 1 + i / 300)] = 1;
        TransitionModel model = Learnt(counts);
        Assert.Equal(counts.Count, model.Total);
        Assert.True(double.IsFinite(model.Excess(1, 2)));
        Assert.True(double.IsFinite(model.Excess(300, 9999)));
    }

    private static TransitionModel Learnt(Dictionary<long, int> counts)
    {
        var model = new TransitionModel();
        model.Learn(counts);
        model.Refresh();
        return model;
    }
}
