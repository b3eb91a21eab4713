using Vedette.ML.Trees;

namespace Vedette.ML.Tests.Trees;

/// <summary>Trees and rows with everything a comparison can meet: infinities, two zeros, tiny numbers and every treatment of missing values.</summary>
internal static class RandomTrees
{
    public static DecisionTree Make(ref SeededRandom random, int leaves, int features)
    {
        var tree = new DecisionTree();
        var open = new List<int> { tree.AddLeaf((float)random.NextGaussian(), 1 + random.Next(50)) };
        for (int count = 1; count < leaves; count++)
        {
            int chosen = random.Next(open.Count);
            int node = open[chosen];
            open.RemoveAt(chosen);
            float threshold = random.Next(8) switch { 0 => 0, 1 => float.PositiveInfinity, 2 => -1e-40f, _ => (float)random.NextGaussian() };
            open.AddRange(Split(tree, node, random.Next(features), threshold, (MissingValue)random.Next(5), ref random));
        }
        return tree;
    }

    /// <summary>Thresholds from a grid, as histogram learners have them, and NaN to either side.</summary>
    public static DecisionTree MakeOnGrid(ref SeededRandom random, int leaves, int features, int gridSize)
    {
        var tree = new DecisionTree();
        var open = new Queue<int>([tree.AddLeaf(0, 1)]);
        for (int count = 1; count < leaves; count++)
        {
            // Mostly the oldest leaf, so that the tree grows bushy with some long branches.
            int node = open.Dequeue();
            if (random.Next(4) == 0)
            {
                open.Enqueue(node);
                node = open.Dequeue();
            }
            foreach (int child in Split(tree, node, random.Next(features), random.Next(gridSize), (MissingValue)random.Next(2), ref random)) open.Enqueue(child);
        }
        return tree;
    }

    public static float[] HostileRows(ref SeededRandom random, int count, int features)
    {
        float[] rows = new float[count * features];
        foreach (ref float value in rows.AsSpan())
            value = random.Next(9) switch
            {
                0 => float.NaN,
                1 => 0,
                2 => -0f,
                3 => 1e-36f,
                4 => random.Next(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity,
                _ => (float)random.NextGaussian(),
            };
        return rows;
    }

    private static int[] Split(DecisionTree tree, int node, int feature, float threshold, MissingValue missing, ref SeededRandom random)
    {
        int left = tree.AddLeaf((float)random.NextGaussian(), 1 + random.Next(50));
        int right = tree.AddLeaf((float)random.NextGaussian(), 1 + random.Next(50));
        tree.Split(node, feature, threshold, missing, left, right);
        return [left, right];
    }
}
