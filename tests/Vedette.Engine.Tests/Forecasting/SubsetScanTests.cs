using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class SubsetScanTests
{
    /// <summary>The oracle tries all sets.</summary>
    [Fact]
    public void WithoutAPriceNoSetIsBetterThanTheOneChosen()
    {
        var random = new Random(7);
        for (int round = 0; round < 50; round++)
        {
            (double Above, double Below)[] routes = [.. Enumerable.Range(0, 9).Select(_ => (6 * random.NextDouble() - 2, 0.2 + 3 * random.NextDouble()))];
            var scan = new SubsetScan();
            for (int route = 0; route < routes.Length; route++) scan.Add(route + 1, routes[route].Above, routes[route].Below);
            var members = new HashSet<int>();
            scan.Choose(Gain, 0, members);
            double best = Enumerable.Range(0, 1 << routes.Length).Max(set => Worth(routes.Where((_, i) => (set >> i & 1) != 0)));
            Assert.Equal(best, Worth(routes.Where((_, i) => members.Contains(i + 1))), 1e-9);
        }
    }

    [Fact]
    public void WhatIsNotWorthItsPriceIsNoSet()
    {
        var scan = new SubsetScan();
        for (int route = 1; route < 6; route++) scan.Add(route, 1, 1);
        scan.Add(6, -5, 1);
        var members = new HashSet<int> { 3 };
        scan.Choose(Gain, 1, members);
        Assert.Empty(members);
    }

    /// <summary>Four that show it plainly, and many that hardly do.</summary>
    [Fact]
    public void ThePriceKeepsOutWhatAddsLittle()
    {
        var scan = new SubsetScan();
        for (int route = 1; route <= 4; route++) scan.Add(route, 4, 2);
        for (int route = 5; route < 40; route++) scan.Add(route, 0.3, 1);
        var members = new HashSet<int>();
        scan.Choose(Gain, 1, members);
        Assert.Equal([1, 2, 3, 4], members.Order());
    }

    private static double Worth(IEnumerable<(double Above, double Below)> set) => set.Any() ? Gain(set.Sum(static r => r.Above), set.Sum(static r => r.Below)) : 0;

    private static double Gain(double above, double below) => above <= 0 ? 0 : above * above / below / 2;
}
