using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Vedette.ML.Consensus;
using Vedette.ML.Isolation;
using Vedette.ML.Metrics;
using Vedette.ML.Neighbors;
using Vedette.ML.OneClass;
using Vedette.ML.Subspace;

namespace Vedette.ML.Bench;

/// <summary>
/// ROC AUC and average precision of every detector on a folder of labelled tables, as one markdown table: standardised columns, fitted and scored on
/// all rows. Beside the means stand those of the folder's reference values, over the tables that have one.
/// </summary>
internal static class DetectorTables
{
    private const int MaxExactSvmRows = 8000;

    private static readonly string[] Names = ["IForest", "EIF", "LOF", "KNN", "OCSVM", "OCSVM-RFF", "PCA", "robust PCA", "consensus"];

    public static void Run(string folder)
    {
        string referencePath = Path.Combine(folder, "reference_auc.json");
        using var references = File.Exists(referencePath) ? JsonDocument.Parse(File.ReadAllText(referencePath)) : null;
        double[] auc = new double[Names.Length], precision = new double[Names.Length], reference = new double[Names.Length], compared = new double[Names.Length];
        int[] tables = new int[Names.Length], matched = new int[Names.Length];
        double[] seconds = new double[Names.Length];
        Console.WriteLine("| table | " + string.Join(" | ", Names) + " |");
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", Names.Length)));
        foreach (string file in Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal))
        {
            string table = Path.GetFileName(file)[..^7];
            var (rows, labels, features) = OutlierTables.Read(file);
            float[] standard = [.. rows];
            OutlierTables.Standardize(standard, features);
            var cells = new List<string>();
            for (int i = 0; i < Names.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                float[]? scores = Scores(Names[i], rows, standard, features);
                seconds[i] += watch.Elapsed.TotalSeconds;
                if (scores is null)
                {
                    cells.Add("");
                    continue;
                }
                double value = Ranking.RocAuc(labels, scores);
                double ap = Ranking.AveragePrecision(labels, scores);
                (auc[i], precision[i], tables[i]) = (auc[i] + value, precision[i] + ap, tables[i] + 1);
                if (Reference(references, table, Names[i]) is { } known) (reference[i], compared[i], matched[i]) = (reference[i] + known, compared[i] + value, matched[i] + 1);
                cells.Add(string.Create(CultureInfo.InvariantCulture, $"{value:F3} / {ap:F3}"));
            }
            Console.WriteLine($"| {table} | {string.Join(" | ", cells)} |");
        }
        Line("**mean**", i => string.Create(CultureInfo.InvariantCulture, $"**{auc[i] / tables[i]:F4}** / {precision[i] / tables[i]:F4}"));
        Line("same, where there is a reference", i => matched[i] == 0 ? "" : (compared[i] / matched[i]).ToString("F4", CultureInfo.InvariantCulture));
        Line("reference", i => matched[i] == 0 ? "" : (reference[i] / matched[i]).ToString("F4", CultureInfo.InvariantCulture));
        Line("seconds in all", i => seconds[i].ToString("F1", CultureInfo.InvariantCulture));
    }

    private static void Line(string name, Func<int, string> cell) =>
        Console.WriteLine($"| {name} | {string.Join(" | ", Enumerable.Range(0, Names.Length).Select(cell))} |");

    private static float[]? Scores(string name, float[] raw, float[] rows, int features)
    {
        float[] scores = new float[rows.Length / features];
        switch (name)
        {
            case "IForest": IsolationForest.Fit(rows, features, new IsolationForestOptions { Seed = 1 }).Score(rows, scores); break;
            case "EIF": ExtendedIsolationForest.Fit(rows, features, new ExtendedIsolationForestOptions { Seed = 1 }).Score(rows, scores); break;
            case "LOF": return LocalOutlierFactor.Fit(rows, features, new LocalOutlierFactorOptions()).FittedScores.ToArray();
            case "KNN": KNearestNeighbors.Fit(rows, features, new KNearestNeighborsOptions()).ScoreFitted(scores); break;
            case "OCSVM" when scores.Length > MaxExactSvmRows: return null;
            case "OCSVM": OneClassSvm.Fit(rows, features, new OneClassSvmOptions { GammaRule = GammaRule.Auto }).Score(rows, scores); break;
            case "OCSVM-RFF": FourierOneClassSvm.Fit(rows, features, new FourierOneClassSvmOptions { GammaRule = GammaRule.Auto }).Score(rows, scores); break;
            case "PCA": PrincipalComponents.Fit(rows, features, new PrincipalComponentsOptions()).Score(rows, scores); break;
            case "robust PCA":
                PrincipalComponents.Fit(rows, features, new PrincipalComponentsOptions { CentralShare = 0.75, Shrinkage = 1e-3 }).Score(rows, scores);
                break;
            default: OutlierConsensus.Fit(raw, features, new OutlierConsensusOptions(), scores); break;
        }
        return scores;
    }

    private static double? Reference(JsonDocument? references, string table, string detector) =>
        references is not null && references.RootElement.TryGetProperty(table, out var row) && row.TryGetProperty("all", out var all)
        && all.TryGetProperty(detector, out var value) ? value.GetProperty("auroc").GetDouble() : null;
}
