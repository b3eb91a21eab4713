using System.Text;
using Vedette.ML.Importing;

namespace Vedette.ML.Tests.Importing;

public class LightGbmTextReaderTests
{
    private const int Features = 4;

    [Fact]
    public void EveryTreatmentOfMissingValuesIsFollowed()
    {
        var expected = ReferenceValues.Json("lightgbm_binary_expected.json");
        float[] rows = expected.Floats("rows");
        float[] predictions = new float[rows.Length / Features];

        Read(File.ReadAllText(ReferenceValues.PathOf("lightgbm_binary.txt"))).PredictProbability(rows, predictions);

        float[] answers = expected.Floats("predictions");
        for (int i = 0; i < answers.Length; i++) Assert.Equal(answers[i], predictions[i], 1e-6f);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1e-20, false)]
    [InlineData(0.1, 0.1f, false)]
    [InlineData(0.3, 0.3f, false)]
    [InlineData(0.7, 0.7f, true)]
    [InlineData(1e300, 3e38, true)]
    public void ThresholdsDivideFloatsAsDoublesDo(double threshold, double value, bool left)
    {
        Assert.Equal((float)value <= threshold, left);
        Assert.Equal(left, GoesLeft(threshold, 2, (float)value));
    }

    // Bit 1 of a decision type: missing values go left. Bits 2 and 3: what is missing, nothing (NaN counts as zero), zero and NaN, or NaN.
    [Theory]
    [InlineData(0, -1, float.NaN, false)]
    [InlineData(2, -1, float.NaN, false)]
    [InlineData(0, 1, float.NaN, true)]
    [InlineData(2, 1, float.NaN, true)]
    [InlineData(2, -1, 0f, false)]
    [InlineData(4, 1, 0f, false)]
    [InlineData(6, -1, 0f, true)]
    [InlineData(4, 1, float.NaN, false)]
    [InlineData(6, -1, float.NaN, true)]
    [InlineData(6, -1, -0f, true)]
    [InlineData(6, -1, 1e-35f, true)]
    [InlineData(6, -1, -1e-35f, true)]
    [InlineData(6, -1, 1.1e-35f, false)]
    [InlineData(4, 1, 1.1e-35f, true)]
    [InlineData(4, 1, 0.5f, true)]
    [InlineData(8, 1, float.NaN, false)]
    [InlineData(10, -1, float.NaN, true)]
    [InlineData(8, 1, 0f, true)]
    [InlineData(10, -1, 0f, false)]
    [InlineData(10, 1e300, float.PositiveInfinity, false)]
    public void DecisionTypeTellsWhereMissingValuesGo(int decisionType, double threshold, float value, bool left) =>
        Assert.Equal(left, GoesLeft(threshold, decisionType, value));

    [Theory]
    [InlineData(1, "categorical")]
    [InlineData(9, "categorical")]
    [InlineData(12, "decision type")]
    [InlineData(14, "decision type")]
    [InlineData(16, "decision type")]
    [InlineData(-2, "decision type")]
    public void OtherDecisionTypesAreRefused(int decisionType, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => GoesLeft(0, decisionType, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void AveragedOutputIsDividedByTheTrees()
    {
        const string tree = "num_leaves=1\nnum_cat=0\nleaf_value=";
        float[] sum = new float[1];

        Read($"tree\nmax_feature_idx=0\nobjective=regression\naverage_output\n\nTree=0\n{tree}1\n\nTree=1\n{tree}4\n\nend of trees\n").Trees.Sum([0], sum);

        Assert.Equal(2.5f, sum[0]);
    }

    [Fact]
    public void AForestOfClassesAveragesLogOdds()
    {
        float[] probability = new float[1];

        Read(ForestOfClasses("v4")).PredictProbability([0], probability);

        Assert.Equal(1 / (1 + Math.Exp(-1.5 * (0.2 + 1) / 2)), probability[0], 1e-6);
    }

    [Theory]
    [InlineData("v2")]
    [InlineData(null)]
    public void AForestOfClassesWhoseLeavesMayBeProbabilitiesIsRefused(string? version) =>
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => Read(ForestOfClasses(version))).Message, StringComparison.Ordinal);

    [Fact]
    public void ClassesCountAsOutputsWhereTreesPerIterationAreNotStated()
    {
        string text = "tree\nnum_class=3\nmax_feature_idx=0\nobjective=regression\n\nTree=0\nnum_leaves=1\nleaf_value=1\n\nend of trees\n";

        Assert.Contains("several outputs", Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("objective=binary sigmoid:1.5", "objective=multiclass num_class:3", "multiclass")]
    [InlineData("objective=binary sigmoid:1.5", "objective=binary sigmoid:-1", "sigmoid")]
    [InlineData("num_tree_per_iteration=1", "num_tree_per_iteration=3", "several outputs")]
    [InlineData("num_cat=0", "num_cat=1", "categorical")]
    [InlineData("is_linear=0", "is_linear=1", "linear")]
    [InlineData("shrinkage=", "leaf_coeff=1 \nshrinkage=", "linear")]
    [InlineData("threshold=", "threshold=1e999 ", "threshold")]
    [InlineData("max_feature_idx=3", "max_feature_idx=0", "feature")]
    [InlineData("max_feature_idx=3", "max_feature_idx=x", "not a LightGBM model")]
    [InlineData("num_leaves=12", "num_leaves=11", "leaf values")]
    [InlineData("left_child=", "left_child=0 ", "left_child")]
    [InlineData("threshold=", "threshold=z", "not a LightGBM model")]
    [InlineData("tree\n", "shrub\n", "not a LightGBM model")]
    public void WhatIsNotUnderstoodIsRefusedByName(string from, string to, string reason)
    {
        string text = File.ReadAllText(ReferenceValues.PathOf("lightgbm_binary.txt"));
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);

        var error = Assert.Throws<InvalidDataException>(() => Read(string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length))));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedTextNeverEscapesAsAnotherException()
    {
        byte[] text = File.ReadAllBytes(ReferenceValues.PathOf("lightgbm_binary.txt"));
        var random = new SeededRandom(12);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = (byte[])text.Clone();
            for (int j = 0; j < 20; j++) damaged[random.Next(damaged.Length)] = "0123456789- =\ne."u8[random.Next(16)];
            try
            {
                LightGbmTextReader.Read(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 400);
    }

    private static bool GoesLeft(double threshold, int decisionType, float value)
    {
        string text = "tree\nnum_tree_per_iteration=1\nmax_feature_idx=0\nobjective=regression\n\nTree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\n"
            + FormattableString.Invariant($"threshold={threshold:R}\ndecision_type={decisionType}\nleft_child=-1\nright_child=-2\nleaf_value=1 2\n\nend of trees\n");
        float[] sum = new float[1];
        Read(text).Trees.Sum([value], sum);
        return sum[0] == 1;
    }

    private static string ForestOfClasses(string? version) => "tree\n" + (version is null ? "" : $"version={version}\n")
        + "max_feature_idx=0\nobjective=binary sigmoid:1.5\naverage_output\n\n"
        + "Tree=0\nnum_leaves=1\nleaf_value=0.2\n\nTree=1\nnum_leaves=1\nleaf_value=1\n\nend of trees\n";

    private static ImportedTrees Read(string text) => LightGbmTextReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
