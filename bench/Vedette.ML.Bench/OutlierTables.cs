using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Vedette.ML.Isolation;
using Vedette.ML.Metrics;

namespace Vedette.ML.Bench;

/// <summary>ROC AUC of the isolation forests on a folder of labelled tables (<c>f0..fN,label</c>, gzip), beside reference values where the folder has them.</summary>
internal static class OutlierTables
{
    private const int Seeds = 10;

    public static void Run(string folder)
    {
        string referencePath = Path.Combine(folder, "reference_auc.json");
        var references = File.Exists(referencePath) ? JsonDocument.Parse(File.ReadAllText(referencePath)) : null;
        double sum = 0, extendedSum = 0;
        string[] files = [.. Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal)];
        Console.WriteLine("table\tisolation forest\textended\treference");
        foreach (string file in files)
        {
            string name = Path.GetFileName(file)[..^7];
            var (rows, labels, features) = Read(file);
            Standardize(rows, features);
            double auc = Mean(labels, seed => IsolationForest.Fit(rows, features, new IsolationForestOptions { Seed = seed }), rows);
            double extended = Mean(labels, seed => ExtendedIsolationForest.Fit(rows, features, new ExtendedIsolationForestOptions { Seed = seed }), rows);
            sum += auc;
            extendedSum += extended;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{auc:F3}\t{extended:F3}\t{Reference(references, name)}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean\t{sum / files.Length:F4}\t{extendedSum / files.Length:F4}"));
    }

    private static double Mean(float[] labels, Func<ulong, IOutlierModel> fit, float[] rows)
    {
        float[] scores = new float[labels.Length];
        double sum = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            fit(seed).Score(rows, scores);
            sum += Ranking.RocAuc(labels, scores);
        }
        return sum / Seeds;
    }

    private static string Reference(JsonDocument? references, string name) =>
        references is not null && references.RootElement.TryGetProperty(name, out var table) && table.TryGetProperty("all", out var all)
        && all.TryGetProperty("IForest", out var value) ? value.GetProperty("auroc").ToString() : "";

    internal static (float[] Rows, float[] Labels, int Features) Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        int features = reader.ReadLine()!.Split(',').Length - 1;
        var rows = new List<float>();
        var labels = new List<float>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            for (int i = 0; i < features; i++) rows.Add(float.Parse(cells[i], CultureInfo.InvariantCulture));
            labels.Add(float.Parse(cells[features], CultureInfo.InvariantCulture));
        }
        return ([.. rows], [.. labels], features);
    }

    internal static void Standardize(float[] rows, int features)
    {
        int count = rows.Length / features;
        for (int feature = 0; feature < features; feature++)
        {
            double sum = 0, squares = 0;
            for (int i = feature; i < rows.Length; i += features) sum += rows[i];
            double mean = sum / count;
            for (int i = feature; i < rows.Length; i += features) squares += (rows[i] - mean) * (rows[i] - mean);
            double deviation = Math.Sqrt(squares / count);
            for (int i = feature; i < rows.Length; i += features) rows[i] = (float)((rows[i] - mean) / (deviation > 0 ? deviation : 1));
        }
    }
}
