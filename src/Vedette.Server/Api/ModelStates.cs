using Vedette.Engine;
using Vedette.Engine.Learning;
using Vedette.Server.Models;

namespace Vedette.Server.Api;

/// <summary>Every model by name: whether it votes, with what weight, how good it is.</summary>
internal sealed class ModelStates(ModelKeeper keeper, LearningOptions learning)
{
    public IReadOnlyList<ModelState> All
    {
        get
        {
            ModelSet? models = keeper.Active;
            return [.. ModelNames.All.Select(name => Of(name, models))];
        }
    }

    /// <summary>Names of the models that vote now.</summary>
    public IReadOnlyList<string> Active => keeper.Active?.Ready ?? [ModelNames.Signatures];

    private ModelState Of(string name, ModelSet? models)
    {
        bool isReady = name == ModelNames.Signatures || models?.IsReady(name) == true;
        ModelMetrics? metrics = models?.Lineage.Metrics.FirstOrDefault(metrics => metrics.Name == name);
        var measured = new Dictionary<string, double>();
        if (metrics is not null)
        {
            measured["precision"] = metrics.Precision;
            measured["recall"] = metrics.Recall;
            measured["f1"] = metrics.F1;
            measured["auc"] = metrics.Auc;
            measured["false_positives"] = metrics.FalsePositives;
        }
        return new ModelState(name, isReady, isReady ? models?.Version ?? ServiceState.Version : null, WeightOf(name), measured);
    }

    /// <summary>A group's weight is shared among its members.</summary>
    private double WeightOf(string name)
    {
        if (name == ModelNames.Signatures) return Math.Round(RequestJudge.SignaturesWeight, 2);
        ModelGroup group = ModelNames.GroupOf(name);
        double whole = group switch
        {
            ModelGroup.Unsupervised => learning.UnsupervisedWeight,
            ModelGroup.Supervised => learning.SupervisedWeight,
            ModelGroup.Neural => learning.NeuralWeight,
            _ => 0,
        };
        return Math.Round(whole / ModelNames.All.Count(other => ModelNames.GroupOf(other) == group), 4);
    }
}
