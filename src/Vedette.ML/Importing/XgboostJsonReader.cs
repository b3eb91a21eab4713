using System.Globalization;
using System.Text.Json;
using Vedette.ML.Boosting;
using Vedette.ML.Trees;

namespace Vedette.ML.Importing;

/// <summary>Reads a model that XGBoost (1.3 or later) saved as JSON.</summary>
/// <remarks>
/// Understood: booster <c>gbtree</c> with one output; objectives <c>binary:logistic</c>, <c>binary:logitraw</c>, <c>reg:logistic</c>,
/// <c>reg:squarederror</c>; missing values as NaN with their default direction. Everything else is refused by name, categorical splits included.
/// </remarks>
public static class XgboostJsonReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>Reads one model.</summary>
    /// <param name="stream">The JSON text, UTF-8, to its end.</param>
    /// <exception cref="InvalidDataException">Not such a model, or one that uses what is not understood.</exception>
    public static ImportedTrees Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(ForeignTree.ReadAll(stream, MostBytes));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"This is not an XGBoost model: {error.Message}", error);
        }
    }

    private static ImportedTrees Read(JsonElement root)
    {
        var learner = root.GetProperty("learner");
        var parameters = learner.GetProperty("learner_model_param");
        if (Integer(parameters, "num_class") > 1 || parameters.TryGetProperty("num_target", out _) && Integer(parameters, "num_target") > 1)
            throw new InvalidDataException("The XGBoost model has several outputs; only one is understood.");
        var booster = learner.GetProperty("gradient_booster");
        string name = booster.GetProperty("name").GetString() ?? "";
        if (name != "gbtree") throw new InvalidDataException($"The XGBoost model uses the booster '{name}'; only 'gbtree' is understood.");
        int featureCount = Integer(parameters, "num_feature");
        if (featureCount is < 1 or > ForeignTree.MostFeatures) throw new InvalidDataException($"The XGBoost model has {featureCount} features.");

        string objectiveName = learner.GetProperty("objective").GetProperty("name").GetString() ?? "";
        double baseScore = double.Parse(parameters.GetProperty("base_score").GetString()!.Trim('[', ']'), CultureInfo.InvariantCulture);
        var (objective, margin) = Interpret(objectiveName, baseScore);
        var gains = new double[featureCount];
        var trees = new List<DecisionTree>();
        foreach (var tree in booster.GetProperty("model").GetProperty("trees").EnumerateArray()) trees.Add(ReadTree(tree, featureCount, gains));
        return new ImportedTrees(new BoostedTrees(ForeignTree.Pack(trees, featureCount, margin), objective, BoostedTrees.Normalize(gains)));
    }

    /// <summary>The logistic objectives state their base score as a probability.</summary>
    private static (BoostingObjective Objective, double Margin) Interpret(string objective, double baseScore)
    {
        if (objective is "binary:logistic" or "reg:logistic")
        {
            if (!(baseScore is > 0 and < 1)) throw new InvalidDataException($"The XGBoost model's base score {baseScore} is not a probability.");
            return (BoostingObjective.Logistic, Math.Log(baseScore / (1 - baseScore)));
        }
        if (!double.IsFinite(baseScore)) throw new InvalidDataException($"The XGBoost model's base score is {baseScore}.");
        return objective switch
        {
            "binary:logitraw" => (BoostingObjective.Logistic, baseScore),
            "reg:squarederror" => (BoostingObjective.SquaredError, baseScore),
            _ => throw new InvalidDataException($"The XGBoost model's objective '{objective}' is not understood."),
        };
    }

    private static DecisionTree ReadTree(JsonElement source, int featureCount, double[] gains)
    {
        bool hasCategories = source.TryGetProperty("categories_nodes", out var categories) && categories.GetArrayLength() > 0
            || source.TryGetProperty("split_type", out var types) && types.EnumerateArray().Any(type => type.GetInt32() != 0);
        if (hasCategories)
            throw new InvalidDataException("The XGBoost model has categorical splits, which are not understood: encode the categories as numbers and train again.");
        int[] left = Integers(source, "left_children");
        int[] right = Integers(source, "right_children", left.Length);
        int[] features = Integers(source, "split_indices", left.Length);
        float[] conditions = Numbers(source, "split_conditions", left.Length);
        float[] covers = Numbers(source, "sum_hessian", left.Length);
        float[] changes = Numbers(source, "loss_changes", left.Length);
        bool[] defaultLeft = Truths(source, "default_left", left.Length);
        var tree = new DecisionTree();
        for (int node = 0; node < left.Length; node++)
        {
            bool leaf = left[node] == -1;
            tree.AddLeaf(leaf ? ForeignTree.Finite(conditions[node]) : 0, ForeignTree.Finite(covers[node]));
            if (leaf) continue;
            if ((uint)features[node] >= (uint)featureCount) throw new InvalidDataException($"A tree splits on feature {features[node]} of {featureCount}.");
            var missing = defaultLeft[node] ? MissingValue.NaNLeft : MissingValue.NaNRight;
            tree.Split(node, features[node], ForeignTree.Finite(conditions[node]), missing, left[node], right[node]);
            gains[features[node]] += Math.Max(0, ForeignTree.Finite(changes[node]));
        }
        ForeignTree.Check(tree);
        return tree;
    }

    private static int Integer(JsonElement element, string name) => int.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static int[] Integers(JsonElement element, string name, int? length = null) => Read(element, name, length, item => item.GetInt32());

    private static float[] Numbers(JsonElement element, string name, int length) => Read(element, name, length, item => item.GetSingle());

    /// <summary>Some versions write 0 and 1, others true and false.</summary>
    private static bool[] Truths(JsonElement element, string name, int length) =>
        Read(element, name, length, item => item.ValueKind == JsonValueKind.Number ? item.GetInt32() != 0 : item.GetBoolean());

    private static T[] Read<T>(JsonElement element, string name, int? length, Func<JsonElement, T> convert)
    {
        T[] values = [.. element.GetProperty(name).EnumerateArray().Select(convert)];
        if (length is { } expected && values.Length != expected)
            throw new InvalidDataException($"A tree has {values.Length} {name} for {expected} nodes.");
        return values;
    }
}
