using System.Security.Cryptography;
using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Tests.Trees;

public class TreeEnsembleTests
{
    private const int Features = 9;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(65)]
    [InlineData(2000)]
    public void FastAndPlainSumsAgreeOnEveryTreatmentOfMissingValues(int rowCount)
    {
        var random = new SeededRandom(1);
        var ensemble = TreeEnsemble.Pack([.. Enumerable.Range(0, 21).Select(i => RandomTrees.Make(ref random, 5 + i * 9, Features))], Features, -0.25);
        float[] rows = RandomTrees.HostileRows(ref random, rowCount, Features);
        float[] fast = new float[rowCount];
        float[] byKeys = new float[rowCount];
        float[] plain = new float[rowCount];

        ensemble.Sum(rows, fast);
        ensemble.SumByKeys(rows, byKeys);
        ensemble.SumReference(rows, plain);

        Assert.Equal(plain, fast);
        Assert.Equal(plain, byKeys);
        Assert.True(rowCount == 1 || plain.Distinct().Count() > 5);
    }

    [Theory]
    [InlineData(1, 700)]
    [InlineData(127, 700)]
    [InlineData(129, 700)]
    [InlineData(6_000, 4_500)]
    [InlineData(20_000, 70)]
    public void FastAndPlainSumsAgreeOnTreesOfAnySize(int leaves, int rowCount)
    {
        // From some size on, columns have more thresholds than a byte can rank.
        var random = new SeededRandom(5);
        var ensemble = TreeEnsemble.Pack([RandomTrees.Make(ref random, leaves, Features), RandomTrees.Make(ref random, 3, Features), RandomTrees.Make(ref random, leaves, Features)], Features, 0.5);
        float[] rows = RandomTrees.HostileRows(ref random, rowCount, Features);
        float[] fast = new float[rowCount];
        float[] plain = new float[rowCount];

        ensemble.Sum(rows, fast);
        ensemble.SumReference(rows, plain);

        Assert.Equal(plain, fast);
    }

    [Fact]
    public void EveryThresholdOfAFullByteIsRanked()
    {
        var tree = new DecisionTree();
        int node = tree.AddLeaf(0, 1);
        for (int threshold = 0; threshold < 255; threshold++)
        {
            int left = tree.AddLeaf(threshold, 1);
            int right = tree.AddLeaf(threshold + 1, 1);
            tree.Split(node, 0, threshold, MissingValue.NaNRight, left, right);
            node = right;
        }
        float[] rows = [.. Enumerable.Range(0, 1024).Select(i => i * 0.25f - 0.25f), float.NaN];
        float[] sums = new float[rows.Length];

        TreeEnsemble.Pack([tree], 1, 0).Sum(rows, sums);

        for (int row = 0; row < rows.Length; row++) Assert.Equal(float.IsNaN(rows[row]) ? 255 : Math.Min(255, MathF.Floor(rows[row]) + 1), sums[row]);
    }

    [Fact]
    public void KeysSortAsNumbersDo()
    {
        float[] ascending = [float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, 0, float.Epsilon, 1e-35f, 1, float.MaxValue, float.PositiveInfinity];

        for (int i = 1; i < ascending.Length; i++) Assert.True(InputColumn.KeyOf(ascending[i - 1]) < InputColumn.KeyOf(ascending[i]));
        foreach (float value in ascending) Assert.Equal(value, InputColumn.ValueOf(InputColumn.KeyOf(value)));
        Assert.Equal(InputColumn.KeyOf(0f), InputColumn.KeyOf(-0f));
    }

    [Fact]
    public void ContributionsAddUpToTheSum()
    {
        var random = new SeededRandom(2);
        var ensemble = TreeEnsemble.Pack([RandomTrees.Make(ref random, 20, Features), RandomTrees.Make(ref random, 1, Features), RandomTrees.Make(ref random, 60, Features)], Features, 3);
        float[] rows = RandomTrees.HostileRows(ref random, 40, Features);
        float[] sum = new float[1];
        double[] contributions = new double[Features];

        for (int row = 0; row < 40; row++)
        {
            var x = rows.AsSpan(row * Features, Features);
            ensemble.Sum(x, sum);

            Assert.Equal(sum[0], ensemble.PathContributions(x, contributions) + contributions.Sum(), 1e-4);
            Assert.Equal(sum[0], ensemble.ShapContributions(x, contributions) + contributions.Sum(), 1e-4);
        }
    }

    [Fact]
    public void ShapleyValuesAreTheMeanOverAllOrders()
    {
        var random = new SeededRandom(3);
        var tree = RandomTrees.Make(ref random, 12, 3);
        var ensemble = TreeEnsemble.Pack([tree], 3, 0);
        float[] row = [0.3f, -0.4f, float.NaN];
        double[] contributions = new double[3];

        ensemble.ShapContributions(row, contributions);

        for (int feature = 0; feature < 3; feature++) Assert.Equal(BruteForceShapley(tree, row, feature), contributions[feature], 1e-6);
    }

    [Fact]
    public void NoTreesGiveTheBase()
    {
        float[] sums = new float[20];

        TreeEnsemble.Pack([], 2, 1.5).Sum(new float[40], sums);

        Assert.All(sums, sum => Assert.Equal(1.5f, sum));
    }

    [Fact]
    public void FileThatLeadsOutOfATreeIsRefused()
    {
        var random = new SeededRandom(4);
        var ensemble = TreeEnsemble.Pack([RandomTrees.Make(ref random, 30, Features), RandomTrees.Make(ref random, 10, Features)], Features, 0);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            using var file = new MemoryStream();
            ModelFile.Write(file, "test/1", ensemble.Write);
            // A bit behind the head is changed and the checksum made anew, as a hostile writer would.
            byte[] bytes = file.ToArray();
            bytes[22 + random.Next(bytes.Length - 22 - SHA256.HashSizeInBytes)] ^= (byte)(1 << random.Next(8));
            SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes), bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes));
            using var changed = new MemoryStream(bytes);
            try
            {
                var read = ModelFile.Read(changed, "test/1", TreeEnsemble.Read);
                float[] sums = new float[16];
                read.Sum(new float[16 * read.FeatureCount], sums);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 30, 300);
    }

    [Fact]
    public void TreeTooDeepToExplainIsRefused()
    {
        var tree = new DecisionTree();
        int node = tree.AddLeaf(0, 1);
        for (int depth = 0; depth <= TreeEnsemble.MaxDepth; depth++)
        {
            int left = tree.AddLeaf(0, 1);
            tree.Split(node, 0, depth, MissingValue.NaNLeft, left, tree.AddLeaf(1, 1));
            node = left;
        }

        Assert.Throws<ArgumentException>(() => TreeEnsemble.Pack([tree], 1, 0));
    }

    [Fact]
    public void MoreColumnsThanANodeCanNameAreRefused()
    {
        var trees = Enumerable.Range(0, TreeEnsemble.MaxColumns + 1).Select(feature =>
        {
            var tree = new DecisionTree();
            tree.AddLeaf(0, 2);
            tree.Split(0, feature, 0, MissingValue.NaNLeft, tree.AddLeaf(1, 1), tree.AddLeaf(2, 1));
            return tree;
        });

        Assert.Throws<ArgumentException>(() => TreeEnsemble.Pack([.. trees], 10_000, 0));
    }

    /// <summary>Definition of the Shapley value for three features, with unknown features averaged by cover.</summary>
    private static double BruteForceShapley(DecisionTree tree, float[] row, int feature)
    {
        double sum = 0;
        for (int known = 0; known < 8; known++)
        {
            if ((known & (1 << feature)) != 0) continue;
            double weight = int.PopCount(known) switch { 0 => 1 / 3.0, 1 => 1 / 6.0, _ => 1 / 3.0 };
            sum += weight * (Expectation(tree, 0, row, known | (1 << feature)) - Expectation(tree, 0, row, known));
        }
        return sum;
    }

    private static double Expectation(DecisionTree tree, int index, float[] row, int known)
    {
        var node = tree.Nodes[index];
        if (node.Feature == TreeNode.Leaf) return node.Value;
        if ((known & (1 << node.Feature)) != 0)
            return Expectation(tree, new InputColumn(node.Feature, node.Missing).GoesLeft(row[node.Feature], node.Threshold) ? node.Left : node.Right, row, known);
        double left = tree.Nodes[node.Left].Cover, right = tree.Nodes[node.Right].Cover;
        return (left * Expectation(tree, node.Left, row, known) + right * Expectation(tree, node.Right, row, known)) / (left + right);
    }
}
