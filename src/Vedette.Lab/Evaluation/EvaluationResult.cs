using Vedette.Engine.Incidents;

namespace Vedette.Lab.Evaluation;

/// <summary>Everything an evaluation measures, over one traffic or several together.</summary>
public sealed record EvaluationResult
{
    public required IReadOnlyList<EvaluatedTraffic> Traffics { get; init; }

    /// <summary>The engine's own verdict first, then every other model.</summary>
    public required IReadOnlyList<ModelResult> Models { get; init; }

    /// <summary>Each model against the static rules at its own recall, in the order of <see cref="Models"/>.</summary>
    public required IReadOnlyList<StaticComparison> Comparisons { get; init; }

    /// <summary>The engine's own verdict against the static rules, on windows.</summary>
    public StaticComparison Windows => Comparisons[0];

    public required StaticComparison Campaigns { get; init; }

    public required IReadOnlyList<RuleResult> Rules { get; init; }

    /// <summary>Attacks and faults by what became of them.</summary>
    public required IReadOnlyList<(string Traffic, CampaignOutcome Outcome)> Outcomes { get; init; }

    public required IReadOnlyList<TypeResult> Types { get; init; }

    /// <summary>Incidents of MEDIUM or above about nothing that happened.</summary>
    public required IReadOnlyList<Incident> FalseIncidents { get; init; }

    /// <summary>False incidents below MEDIUM.</summary>
    public required int FalseMinor { get; init; }

    public required FailureScore Failures { get; init; }

    /// <summary>Null if no honest traffic was asked for.</summary>
    public HonestScore? Honest { get; init; }

    public ModelResult Engine => Models[0];

    public CampaignCount Counted => CampaignCount.Of(Outcomes.Select(static outcome => outcome.Outcome));

    /// <summary>Measures traffics the engine has seen.</summary>
    /// <param name="traffics">At least one; all with the same models.</param>
    /// <param name="honest">Traffics without attacks and faults; empty for none.</param>
    /// <exception cref="ArgumentException">The traffics have not the same models.</exception>
    public static EvaluationResult Of(IReadOnlyList<EvaluatedTraffic> traffics, IReadOnlyList<EvaluatedTraffic> honest)
    {
        string[] names = [.. traffics[0].Models.Select(static model => model.Name)];
        if (traffics.Any(traffic => !traffic.Models.Select(static model => model.Name).SequenceEqual(names, StringComparer.Ordinal)))
            throw new ArgumentException($"Every traffic needs the models of the first: {string.Join(", ", names)}.", nameof(traffics));
        float[] labels = [.. traffics.SelectMany(static traffic => traffic.Labels.Values)];
        float[][] verdicts = [.. names.Select((_, i) => traffics.SelectMany(traffic => traffic.Models[i].Scores).ToArray())];
        ModelResult[] models = [.. names.Select((name, i) => ModelResult.Of(name, labels, verdicts[i], traffics[0].Models[i].Threshold))];
        float[][] rules = [.. traffics.Select(static traffic => StaticScores(traffic.Windows))];
        float[] ruleScores = [.. rules.SelectMany(static s => s)];
        CampaignScore[] scores = [.. traffics.Select(static traffic => CampaignScore.Of(traffic.Truth, traffic.Incidents))];
        return new EvaluationResult
        {
            Traffics = traffics,
            Models = models,
            Comparisons = [.. models.Select((model, i) => StaticComparison.OfWindows(labels, ruleScores, verdicts[i], model))],
            Campaigns = StaticComparison.OfCampaigns(traffics, rules, scores),
            Rules = RuleResult.Of(traffics),
            Outcomes = [.. scores.SelectMany((score, i) => score.Campaigns.Select(outcome => (traffics[i].Name, outcome)))],
            Types = TypeResult.Of(traffics, [.. scores.SelectMany(static score => score.Campaigns)]),
            FalseIncidents = [.. scores.SelectMany(static score => score.FalseIncidents)],
            FalseMinor = scores.Sum(static score => score.FalseMinor),
            Failures = FailureScore.Of(traffics),
            Honest = honest.Count == 0 ? null : HonestScore.Of(honest),
        };
    }

    private static float[] StaticScores(WindowTable windows)
    {
        float[] scores = new float[windows.Count];
        for (int i = 0; i < scores.Length; i++) scores[i] = StaticRule.Score(windows.Windows[i]);
        return scores;
    }
}
