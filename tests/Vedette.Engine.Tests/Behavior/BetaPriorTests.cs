using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class BetaPriorTests
{
    private static BetaPrior NewPrior() => new(priorMean: 0.15, priorTrials: 4, minTrials: 2, maxTrials: 12);

    [Fact]
    public void BeforeAnyDataItIsThePriorStated()
    {
        Assert.Equal(0.15, NewPrior().Current.Mean, 1e-12);
        Assert.Equal(4, NewPrior().Current.Alpha + NewPrior().Current.Beta, 1e-12);
    }

    [Fact]
    public void ItMovesToTheShareOfTheCallers()
    {
        BetaPrior prior = NewPrior();
        for (int i = 0; i < 5000; i++) prior.Add(i % 2, 2);
        prior.Update(1);
        Assert.Equal(0.25, prior.Current.Mean, 0.01);
    }

    [Fact]
    public void CallersThatDifferMakeItLessSureThanCallersThatAreAlike()
    {
        BetaPrior alike = NewPrior(), different = NewPrior();
        for (int i = 0; i < 2000; i++)
        {
            alike.Add(5, 20);
            different.Add(i % 4 == 0 ? 20 : 0, 20);
        }
        alike.Update(1);
        different.Update(1);
        Assert.Equal(alike.Current.Mean, different.Current.Mean, 0.01);
        Assert.True(Trials(alike) > Trials(different));
        Assert.InRange(Trials(alike), 2, 12);
        Assert.InRange(Trials(different), 2, 12);
    }

    [Fact]
    public void PartsAddedTogetherAreTheWhole()
    {
        BetaPrior whole = NewPrior(), left = NewPrior(), right = NewPrior();
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            int trials = random.Next(1, 30), count = random.Next(trials + 1);
            whole.Add(count, trials);
            (i % 3 == 0 ? left : right).Add(count, trials);
        }
        left.Add(right);
        left.Update(0.9);
        whole.Update(0.9);
        Assert.Equal(whole.Current.Alpha, left.Current.Alpha, 1e-9);
        Assert.Equal(whole.Current.Beta, left.Current.Beta, 1e-9);
    }

    [Fact]
    public void WhatWasClearedDoesNotCount()
    {
        BetaPrior prior = NewPrior();
        prior.Add(100, 100);
        prior.Clear();
        prior.Update(1);
        Assert.Equal(0.15, prior.Current.Mean, 1e-9);
    }

    private static double Trials(BetaPrior prior) => prior.Current.Alpha + prior.Current.Beta;
}
