using System.Numerics.Tensors;
using Vedette.ML.Files;
using Vedette.ML.Trees;

namespace Vedette.ML.Boosting;

/// <summary>A fitted booster: trees, what their sum means, and which features they gained from.</summary>
internal sealed class BoostedTrees(TreeEnsemble trees, BoostingObjective objective, float[] gainImportances)
{
    public TreeEnsemble Trees => trees;

    public ReadOnlySpan<float> GainImportances => gainImportances;

    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        if (objective != BoostingObjective.Logistic) throw new InvalidOperationException("A model fitted to the squared error has no probabilities.");
        trees.Sum(rows, probabilities);
        if (!probabilities.IsEmpty) TensorPrimitives.Sigmoid(probabilities, probabilities);
    }

    public void Write(ModelWriter writer)
    {
        writer.Write((int)objective);
        writer.Write<float>(gainImportances);
        trees.Write(writer);
    }

    public static BoostedTrees Read(ModelReader reader)
    {
        var objective = (BoostingObjective)reader.ReadInt32(0, (int)BoostingObjective.SquaredError);
        float[] importances = reader.ReadArray<float>();
        var trees = TreeEnsemble.Read(reader);
        if (importances.Length != trees.FeatureCount) throw new InvalidDataException("The model file's importances are not one per feature.");
        return new BoostedTrees(trees, objective, importances);
    }

    /// <summary>Shares of the sum; all 0 if there is nothing to share.</summary>
    public static float[] Normalize(double[] gains)
    {
        double sum = gains.Sum();
        return Array.ConvertAll(gains, gain => sum > 0 ? (float)(gain / sum) : 0);
    }
}
