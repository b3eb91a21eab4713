namespace Vedette.Lab.Evaluation;

/// <summary>How well one type of attack or fault is found.</summary>
/// <param name="Type">Name of the type.</param>
/// <param name="ByIntensity">Counts by the word the truth has for how hard it is, in the order of the truth files: easy, medium, hard, others.</param>
/// <param name="Windows">Windows of its attacks.</param>
/// <param name="WindowsFound">Those of them with an alarm.</param>
public sealed record TypeResult(string Type, IReadOnlyList<(string Intensity, CampaignCount Count)> ByIntensity, int Windows, int WindowsFound)
{
    public CampaignCount All => ByIntensity.Aggregate(default(CampaignCount), static (sum, entry) => sum + entry.Count);

    internal static IReadOnlyList<TypeResult> Of(IReadOnlyList<EvaluatedTraffic> traffics, IReadOnlyList<CampaignOutcome> outcomes)
    {
        Dictionary<string, (int All, int Found)> windows = CountWindows(traffics);
        return [.. outcomes.GroupBy(static outcome => outcome.Row.Type, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(group => new TypeResult(
            group.Key,
            [.. group.GroupBy(static outcome => outcome.Row.Intensity, StringComparer.Ordinal).OrderBy(static g => Rank(g.Key)).ThenBy(static g => g.Key, StringComparer.Ordinal).Select(static g => (g.Key, CampaignCount.Of(g)))],
            windows.GetValueOrDefault(group.Key).All,
            windows.GetValueOrDefault(group.Key).Found))];
    }

    private static Dictionary<string, (int All, int Found)> CountWindows(IReadOnlyList<EvaluatedTraffic> traffics)
    {
        var counts = new Dictionary<string, (int All, int Found)>(StringComparer.Ordinal);
        foreach (EvaluatedTraffic traffic in traffics)
        {
            ModelScores engine = traffic.EngineScores;
            for (int i = 0; i < engine.Scores.Length; i++)
            {
                int row = traffic.Labels.Rows[i];
                if (row < 0) continue;
                (int all, int found) = counts.GetValueOrDefault(traffic.Truth[row].Type);
                counts[traffic.Truth[row].Type] = (all + 1, found + (engine.Scores[i] >= engine.Threshold ? 1 : 0));
            }
        }
        return counts;
    }

    private static int Rank(string intensity) => intensity switch { "easy" or "low" => 0, "medium" => 1, "hard" or "high" => 2, _ => 3 };
}

/// <summary>Campaigns and what became of them.</summary>
/// <param name="Total">All there were.</param>
/// <param name="Found">Those with an incident of MEDIUM or above.</param>
/// <param name="Named">Those whose incident has the right type.</param>
public readonly record struct CampaignCount(int Total, int Found, int Named)
{
    public double Recall => Total == 0 ? 0 : (double)Found / Total;

    public static CampaignCount Of(IEnumerable<CampaignOutcome> outcomes) =>
        outcomes.Aggregate(default(CampaignCount), static (sum, outcome) => sum + new CampaignCount(1, outcome.IsFound ? 1 : 0, outcome.IsNamed ? 1 : 0));

    public static CampaignCount operator +(CampaignCount a, CampaignCount b) => new(a.Total + b.Total, a.Found + b.Found, a.Named + b.Named);
}
