using System.Globalization;
using System.Text;
using Vedette.ML.Boosting;
using Vedette.ML.Trees;

namespace Vedette.ML.Importing;

/// <summary>Reads a model that LightGBM saved as text (<c>save_model</c>, versions 2 to 4 of the format).</summary>
/// <remarks>
/// Understood: one tree per iteration; objectives <c>binary</c> (with its sigmoid), <c>cross_entropy</c> and the regressions whose output is the sum itself; numerical
/// splits with the three treatments of missing values; averaged output of its random forests (of classes, from version 3 on). Everything else is refused by name, categorical splits and linear leaves included.
/// A threshold is a double there and a float here: it becomes the smallest float above it, which divides all floats alike.
/// </remarks>
public static class LightGbmTextReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>Reads one model.</summary>
    /// <param name="stream">The text, UTF-8, to its end.</param>
    /// <exception cref="InvalidDataException">Not such a model, or one that uses what is not understood.</exception>
    public static ImportedTrees Read(Stream stream)
    {
        string text = Encoding.UTF8.GetString(ForeignTree.ReadAll(stream, MostBytes));
        try
        {
            return Read(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new InvalidDataException($"This is not a LightGBM model: {error.Message}", error);
        }
    }

    private static ImportedTrees Read(string text)
    {
        var sections = Sections(text);
        var header = sections[0];
        if (!header.ContainsKey("tree")) throw new InvalidDataException("This is not a LightGBM model: it does not begin with 'tree'.");
        if (Integer(header, "num_tree_per_iteration", Integer(header, "num_class", 1)) != 1) throw new InvalidDataException("The LightGBM model has several outputs; only one is understood.");
        int featureCount = Integer(header, "max_feature_idx") + 1;
        if (featureCount is < 1 or > ForeignTree.MostFeatures) throw new InvalidDataException($"The LightGBM model has {featureCount} features.");
        var (objective, factor) = Interpret(header.GetValueOrDefault("objective", "regression"));
        if (header.ContainsKey("average_output"))
        {
            // Up to some release of version 2, leaves of a forest hold probabilities; since then, as of other models, log-odds. The file does not tell which.
            if (objective == BoostingObjective.Logistic && header.GetValueOrDefault("version", "v2") == "v2")
                throw new InvalidDataException("The LightGBM model is a random forest in version 2 of the format, which does not tell what its leaves mean: save it with LightGBM 3 or later.");
            factor /= Math.Max(1, sections.Count - 1);
        }
        double[] gains = new double[featureCount];
        var trees = sections.Skip(1).Select(section => ReadTree(section, featureCount, factor, gains)).ToList();
        return new ImportedTrees(new BoostedTrees(ForeignTree.Pack(trees, featureCount, 0), objective, BoostedTrees.Normalize(gains)));
    }

    /// <summary>The header and the trees, each as its keys and values; what follows the trees is left out.</summary>
    private static List<Dictionary<string, string>> Sections(string text)
    {
        var sections = new List<Dictionary<string, string>> { new(StringComparer.Ordinal) };
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd('\r');
            if (line.SequenceEqual("end of trees")) break;
            int equals = line.IndexOf('=');
            string key = (equals < 0 ? line : line[..equals]).ToString();
            if (key == "Tree") sections.Add(new Dictionary<string, string>(StringComparer.Ordinal));
            if (key.Length > 0) sections[^1][key] = equals < 0 ? "" : line[(equals + 1)..].ToString();
        }
        return sections;
    }

    /// <summary>What the sum of the trees means, and the factor that makes it a log-odds or a prediction.</summary>
    private static (BoostingObjective Objective, double Factor) Interpret(string objective)
    {
        string[] words = objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["binary", .. var settings]:
                string? sigmoid = settings.FirstOrDefault(setting => setting.StartsWith("sigmoid:", StringComparison.Ordinal));
                double factor = sigmoid is null ? 1 : double.Parse(sigmoid.AsSpan("sigmoid:".Length), CultureInfo.InvariantCulture);
                if (!(factor > 0 && double.IsFinite(factor))) throw new InvalidDataException($"The LightGBM model's sigmoid is {factor}.");
                return (BoostingObjective.Logistic, factor);
            case ["cross_entropy"]:
                return (BoostingObjective.Logistic, 1);
            case ["regression" or "regression_l1" or "huber" or "fair" or "quantile" or "mape", ..] when !words.Contains("sqrt"):
                return (BoostingObjective.SquaredError, 1);
            default:
                throw new InvalidDataException($"The LightGBM model's objective '{objective}' is not understood.");
        }
    }

    private static DecisionTree ReadTree(Dictionary<string, string> section, int featureCount, double factor, double[] gains)
    {
        if (Integer(section, "num_cat", 0) > 0)
            throw new InvalidDataException("The LightGBM model has categorical splits, which are not understood: encode the categories as numbers and train again.");
        if (Integer(section, "is_linear", 0) != 0 || section.ContainsKey("leaf_coeff"))
            throw new InvalidDataException("The LightGBM model has linear leaves, which are not understood: train again with linear_tree=false.");
        double[] leafValues = Doubles(section, "leaf_value");
        int leaves = Integer(section, "num_leaves");
        if (leaves < 1 || leafValues.Length != leaves) throw new InvalidDataException($"A tree of {leaves} leaves has {leafValues.Length} leaf values.");
        int splits = leaves - 1;
        var tree = new DecisionTree();
        double[] splitCovers = OptionalDoubles(section, "internal_count", splits);
        double[] leafCovers = OptionalDoubles(section, "leaf_count", leaves);
        for (int split = 0; split < splits; split++) tree.AddLeaf(0, (float)splitCovers[split]);
        for (int leaf = 0; leaf < leaves; leaf++) tree.AddLeaf(ForeignTree.Finite((float)(leafValues[leaf] * factor)), (float)leafCovers[leaf]);
        if (splits > 0) AddSplits(tree, section, splits, featureCount, gains);
        ForeignTree.Check(tree);
        return tree;
    }

    private static void AddSplits(DecisionTree tree, Dictionary<string, string> section, int splits, int featureCount, double[] gains)
    {
        double[] features = Doubles(section, "split_feature", splits);
        double[] thresholds = Doubles(section, "threshold", splits);
        double[] types = Doubles(section, "decision_type", splits);
        double[] left = Doubles(section, "left_child", splits);
        double[] right = Doubles(section, "right_child", splits);
        double[] splitGains = OptionalDoubles(section, "split_gain", splits);
        for (int split = 0; split < splits; split++)
        {
            int feature = Whole(features[split]);
            if ((uint)feature >= (uint)featureCount) throw new InvalidDataException($"A tree splits on feature {feature} of {featureCount}.");
            tree.Split(split, feature, FloatAbove(thresholds[split]), Missing(Whole(types[split])), Child(left[split], splits), Child(right[split], splits));
            gains[feature] += double.IsFinite(splitGains[split]) ? Math.Max(0, splitGains[split]) : 0;
        }
    }

    /// <summary>A child is a split, or, as the complement of its number, a leaf; leaves come after the splits here.</summary>
    private static int Child(double value, int splits)
    {
        int child = Whole(value);
        return child >= 0 ? (child < splits ? child : -1) : splits + ~child;
    }

    /// <summary>Bit 0 marks a category, bit 1 the default direction left, bits 2 and 3 the kind of missing value: none, zero or NaN.</summary>
    private static MissingValue Missing(int decisionType)
    {
        if ((decisionType & 1) != 0) throw new InvalidDataException("The LightGBM model has categorical splits, which are not understood.");
        bool left = (decisionType & 2) != 0;
        return (decisionType >> 2) switch
        {
            0 => MissingValue.NaNAsZero,
            1 => left ? MissingValue.ZeroLeft : MissingValue.ZeroRight,
            2 => left ? MissingValue.NaNLeft : MissingValue.NaNRight,
            _ => throw new InvalidDataException($"The LightGBM model's decision type {decisionType} is not understood."),
        };
    }

    /// <summary>Smallest float above a threshold: x ≤ threshold there is x &lt; this here.</summary>
    private static float FloatAbove(double threshold)
    {
        if (!double.IsFinite(threshold)) throw new InvalidDataException($"A tree holds the threshold {threshold}.");
        float nearest = (float)threshold;
        return nearest <= threshold ? MathF.BitIncrement(nearest) : nearest;
    }

    private static int Whole(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? (int)value : throw new InvalidDataException($"A tree holds {value} where a whole number is needed.");

    private static int Integer(Dictionary<string, string> section, string key, int? absent = null)
    {
        if (section.TryGetValue(key, out string? value)) return int.Parse(value, CultureInfo.InvariantCulture);
        return absent ?? throw new InvalidDataException($"The LightGBM model does not state '{key}'.");
    }

    private static double[] OptionalDoubles(Dictionary<string, string> section, string key, int length) =>
        section.ContainsKey(key) ? Doubles(section, key, length) : new double[length];

    private static double[] Doubles(Dictionary<string, string> section, string key, int? length = null)
    {
        if (!section.TryGetValue(key, out string? text)) throw new InvalidDataException($"A tree of the LightGBM model does not state '{key}'.");
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (length is { } expected && words.Length != expected) throw new InvalidDataException($"A tree has {words.Length} values of '{key}', not {expected}.");
        return Array.ConvertAll(words, word => double.Parse(word, CultureInfo.InvariantCulture));
    }
}
