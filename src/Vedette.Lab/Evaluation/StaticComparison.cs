using Vedette.Engine.Detection;

namespace Vedette.Lab.Evaluation;

/// <summary>The static rules against a model, as written and at the model's recall.</summary>
/// <param name="Recall">The model's recall.</param>
/// <param name="FalsePositives">The model's false positives.</param>
/// <param name="AsWritten">The rules with their thresholds as they are.</param>
/// <param name="AtEqualRecall">The rules with all thresholds multiplied by one factor, such that they find as much as the model.</param>
/// <param name="AtTheirRecall">The model's false positives where its scores find as much as the rules as written; null for campaigns.</param>
public sealed record StaticComparison(double Recall, double FalsePositives, StaticPoint AsWritten, StaticPoint AtEqualRecall, double? AtTheirRecall)
{
    /// <summary>Share of the false positives that the model spares at equal recall: 1 - FP(model)/FP(rules); null if the rules raise none, as where the model finds nothing.</summary>
    public double? Reduction => EqualRecall.Reduction(FalsePositives, AtEqualRecall.FalsePositives);

    internal static StaticComparison OfWindows(float[] labels, float[] scores, float[] modelScores, ModelResult model)
    {
        ModelResult written = ModelResult.Of("static_rules", labels, scores, 1);
        EqualRecall equal = EqualRecall.At(labels, scores, model.Counts.TruePositives);
        return new StaticComparison(model.Counts.Recall, model.Counts.FalsePositives,
            new StaticPoint(1, written.Counts.Recall, written.Counts.TruePositives, written.Counts.FalsePositives, written.Auc),
            new StaticPoint(equal.Threshold, model.Counts.Recall, model.Counts.TruePositives, equal.FalsePositives, written.Auc),
            EqualRecall.At(labels, modelScores, written.Counts.TruePositives).FalsePositives);
    }

    /// <summary>Attacks only: static rules about callers do not know faults, so incidents about the service stay out on both sides.</summary>
    internal static StaticComparison OfCampaigns(IReadOnlyList<EvaluatedTraffic> traffics, float[][] scores, CampaignScore[] engine)
    {
        CampaignOutcome[] attacks = [.. engine.SelectMany(static score => score.Campaigns).Where(static outcome => outcome.Row.IsAttack)];
        int found = attacks.Count(static outcome => outcome.IsFound);
        float[] best = [.. traffics.SelectMany((traffic, i) => StaticAlerts.ScoresOfAttacks(traffic, scores[i])).OrderDescending()];
        double wrong = engine.Sum(static score => score.FalseIncidents.Count(static incident => !incident.Type.IsOperational()));
        float factor = found == 0 ? float.PositiveInfinity : best[found - 1];
        return new StaticComparison(Share(found, attacks.Length), wrong, Point(1), Point(factor), null);

        StaticPoint Point(float at)
        {
            int caught = best.Count(score => score >= at && score > 0);
            return new StaticPoint(at, Share(caught, attacks.Length), caught, traffics.Select((traffic, i) => StaticAlerts.CountFalse(traffic, scores[i], Math.Max(at, float.Epsilon))).Sum(), null);
        }
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>The static rules at one factor on all their thresholds.</summary>
/// <param name="Factor">The factor; infinity leaves only the known bad strings.</param>
/// <param name="Recall">Share of the attacks, or of their windows, that is found.</param>
/// <param name="TruePositives">How many that are.</param>
/// <param name="FalsePositives">Windows or alerts without an attack; a fraction where windows of one score are taken in part.</param>
/// <param name="Auc">Area under the ROC curve that all factors make; null for campaigns.</param>
public sealed record StaticPoint(double Factor, double Recall, double TruePositives, double FalsePositives, double? Auc)
{
    public double Precision => TruePositives + FalsePositives == 0 ? 0 : TruePositives / (TruePositives + FalsePositives);

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>What one static rule, as written, does alone.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alerts">Windows it fires on.</param>
/// <param name="FalsePositives">Those without an attack.</param>
public sealed record RuleResult(StaticRule Rule, int Alerts, int FalsePositives)
{
    internal static IReadOnlyList<RuleResult> Of(IReadOnlyList<EvaluatedTraffic> traffics)
    {
        var results = new List<RuleResult>();
        foreach (StaticRule rule in StaticRule.All)
        {
            int alerts = 0, wrong = 0;
            foreach (EvaluatedTraffic traffic in traffics)
            {
                for (int i = 0; i < traffic.Windows.Count; i++)
                {
                    if (rule.Value(traffic.Windows.Windows[i]) < rule.Threshold) continue;
                    alerts++;
                    if (traffic.Labels.Rows[i] < 0) wrong++;
                }
            }
            results.Add(new RuleResult(rule, alerts, wrong));
        }
        return results;
    }
}
