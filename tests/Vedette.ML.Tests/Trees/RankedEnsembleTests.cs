using Vedette.ML.Trees;

namespace Vedette.ML.Tests.Trees;

public class RankedEnsembleTests
{
    [Theory]
    [InlineData(3, 8, 200)]
    [InlineData(9, 90, 1000)]
    [InlineData(9, 250, 129)]
    [InlineData(9, 1500, 5000)]
    [InlineData(20, 6000, 4500)]
    [InlineData(32, 700, 700)]
    [InlineData(33, 700, 700)]
    [InlineData(64, 3000, 700)]
    [InlineData(65, 3000, 200)]
    public void SumsOnRanksAreThoseOfTheDefinition(int features, int leaves, int rowCount)
    {
        // From 65 features on, a deep tree does not fit and the sums come the other way.
        const int grid = 200;
        var random = new SeededRandom(11);
        var ensemble = TreeEnsemble.Pack([.. Enumerable.Range(0, 9).Select(i => RandomTrees.MakeOnGrid(ref random, leaves + i, features, grid))], features, 0.25);
        float[] whole = new float[rowCount * features];
        foreach (ref float value in whole.AsSpan()) value = random.Next(2 * grid) * 0.5f;
        float[] gapped = [.. whole.Select((value, i) => i % 7 == 0 ? float.NaN : value)];
        float[] oneGap = [.. whole[..^1], float.NaN];

        foreach (float[] rows in new[] { whole, gapped, oneGap })
        {
            float[] plain = new float[rowCount];
            ensemble.SumReference(rows, plain);
            float[] fast = new float[rowCount];
            ensemble.Sum(rows, fast);

            Assert.Equal(plain, fast);
        }
    }

    [Fact]
    public void LongBranchesEndAtTheirLeaves()
    {
        var random = new SeededRandom(12);
        var tree = new DecisionTree();
        int node = tree.AddLeaf(0, 1);
        for (int depth = 0; depth < 200; depth++)
        {
            int left = tree.AddLeaf(depth, 1);
            tree.Split(node, 0, depth * 0.5f, MissingValue.NaNLeft, left, node = tree.AddLeaf(-1, 1));
        }
        var ensemble = TreeEnsemble.Pack([tree, tree], 1, 0);
        float[] rows = new float[3000];
        foreach (ref float value in rows.AsSpan()) value = random.Next(250) * 0.5f;
        float[] fast = new float[3000];
        float[] plain = new float[3000];

        ensemble.Sum(rows, fast);
        ensemble.SumReference(rows, plain);

        Assert.Equal(plain, fast);
        Assert.True(plain.Distinct().Count() > 100);
    }

    [Fact]
    public void SumsAreTheSameOnManyThreads()
    {
        var random = new SeededRandom(13);
        var ensemble = TreeEnsemble.Pack([.. Enumerable.Range(0, 5).Select(_ => RandomTrees.MakeOnGrid(ref random, 1000, 9, 200))], 9, 0);
        float[] rows = RandomTrees.HostileRows(ref random, 2000, 9);
        float[] plain = new float[2000];
        ensemble.SumReference(rows, plain);
        float[][] sums = [.. Enumerable.Range(0, 8).Select(_ => new float[2000])];

        Parallel.ForEach(sums, part => ensemble.Sum(rows, part));

        foreach (float[] part in sums) Assert.Equal(plain, part);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(254)]
    [InlineData(700)]
    public void RanksCountTheThresholdsReached(int thresholds)
    {
        var random = new SeededRandom(14);
        foreach (MissingValue missing in Enum.GetValues<MissingValue>())
        {
            ulong[] nodes = [.. Enumerable.Range(0, thresholds).Select(i => TreeEnsemble.PackNode(0, 1, InputColumn.KeyOf((i - thresholds / 2) * 0.25f)))];
            var ranked = RankedColumns.Collect(nodes, [new InputColumn(1, missing)]);
            float[] rows = RandomTrees.HostileRows(ref random, 63, 2);
            sbyte[] ranks = new sbyte[63];

            Assert.NotNull(ranked);
            Assert.Equal((thresholds + RankedColumns.MostThresholds - 1) / RankedColumns.MostThresholds, ranked.Count);
            for (int column = 0; column < ranked.Count; column++)
            {
                ranked.Rank(column, rows, 2, ranks);
                for (int row = 0; row < ranks.Length; row++) Assert.Equal(ranked.RankReference(column, rows[2 * row + 1]), ranks[row]);
            }
        }
    }
}
