using System.Text;
using Vedette.ML.Importing;

namespace Vedette.ML.Tests.Importing;

public class XgboostJsonReaderTests
{
    private const int Features = 4;

    [Fact]
    public void LogisticModelPredictsAsXgboostDoes()
    {
        var expected = ReferenceValues.Json("xgboost_logistic_expected.json");
        var model = Read("xgboost_logistic.json");
        float[] rows = expected.Floats("rows");
        float[] predictions = new float[rows.Length / Features];
        float[] margins = new float[predictions.Length];

        model.PredictProbability(rows, predictions);
        model.Trees.Sum(rows, margins);

        AssertClose(expected.Floats("predictions"), predictions, 1e-6f);
        AssertClose(expected.Floats("margins"), margins, 1e-5f);
    }

    [Fact]
    public void RegressionPredictsAsXgboostDoes()
    {
        var expected = ReferenceValues.Json("xgboost_regression_expected.json");
        var model = Read("xgboost_regression.json");
        float[] rows = expected.Floats("rows");
        float[] predictions = new float[rows.Length / Features];

        model.Trees.Sum(rows, predictions);

        AssertClose(expected.Floats("predictions"), predictions, 1e-5f);
        Assert.Throws<InvalidOperationException>(() => model.PredictProbability(rows, predictions));
    }

    [Fact]
    public void ShapleyValuesAreThoseOfXgboost()
    {
        var expected = ReferenceValues.Json("xgboost_logistic_expected.json");
        var model = Read("xgboost_logistic.json");
        float[] rows = expected.Floats("rows");
        float[] contributions = expected.Floats("contributions");
        double[] ours = new double[Features];

        for (int row = 0; row < rows.Length / Features; row++)
        {
            double origin = model.Trees.ShapContributions(rows.AsSpan(row * Features, Features), ours);

            for (int feature = 0; feature < Features; feature++) Assert.Equal(contributions[row * (Features + 1) + feature], ours[feature], 2e-5);
            Assert.Equal(contributions[row * (Features + 1) + Features], origin, 2e-5);
        }
    }

    [Fact]
    public void ImportedModelSurvivesSaveAndLoad()
    {
        var model = Read("xgboost_logistic.json");
        float[] rows = ReferenceValues.Json("xgboost_logistic_expected.json").Floats("rows");
        float[] before = new float[rows.Length / Features];
        float[] after = new float[before.Length];
        using var file = new MemoryStream();

        model.Save(file);
        file.Position = 0;
        ImportedTrees.Load(file).PredictProbability(rows, after);
        model.PredictProbability(rows, before);

        Assert.Equal(before, after);
        Assert.Equal(1, model.GainImportances.ToArray().Sum(), 1e-5f);
    }

    [Theory]
    [InlineData("\"name\":\"gbtree\"", "\"name\":\"dart\"", "dart")]
    [InlineData("\"binary:logistic\"", "\"multi:softprob\"", "multi:softprob")]
    [InlineData("\"num_class\":\"0\"", "\"num_class\":\"3\"", "several outputs")]
    [InlineData("\"categories_nodes\":[]", "\"categories_nodes\":[0]", "categorical")]
    [InlineData("\"num_class\":\"0\",\"num_feature\":\"4\"", "\"num_class\":\"0\",\"num_feature\":\"1\"", "feature")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[0,", "two ways")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[99999,", "99999")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[", "nodes")]
    [InlineData("\"base_score\":\"3E-1\"", "\"base_score\":\"3\"", "probability")]
    [InlineData("\"split_conditions\":[", "\"split_conditions\":[[],", "not an XGBoost model")]
    [InlineData("\"trees\":", "\"shrubs\":", "not an XGBoost model")]
    public void WhatIsNotUnderstoodIsRefusedByName(string from, string to, string reason)
    {
        string text = File.ReadAllText(ReferenceValues.PathOf("xgboost_logistic.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        string changed = string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));

        var error = Assert.Throws<InvalidDataException>(() => XgboostJsonReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(changed))));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedTextNeverEscapesAsAnotherException()
    {
        byte[] text = File.ReadAllBytes(ReferenceValues.PathOf("xgboost_logistic.json"));
        var random = new SeededRandom(11);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = i % 4 == 0 ? text[..random.Next(text.Length)] : (byte[])text.Clone();
            for (int j = 0; j < 3 && damaged.Length > 0; j++) damaged[random.Next(damaged.Length)] = "0123456789-[]{},\"e."u8[random.Next(19)];
            try
            {
                XgboostJsonReader.Read(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 400);
    }

    private static ImportedTrees Read(string name)
    {
        using var stream = File.OpenRead(ReferenceValues.PathOf(name));
        return XgboostJsonReader.Read(stream);
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
