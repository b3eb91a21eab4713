using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary><c>payloads</c>: trains, measures and writes the payload model.</summary>
internal static class PayloadCommand
{
    public static int Run(string[] args)
    {
        string data = Option(args, "--data") ?? "data/payloads";
        if (Option(args, "--out") is { } file && args.Contains("--prior"))
        {
            PayloadModelFile.Write(file, PayloadModel.Prior, new Dictionary<string, object> { ["trained_on"] = "nothing: prior weights" });
            return 0;
        }
        var records = Directory.GetFiles(data, "*.jsonl.gz").Order(StringComparer.Ordinal).SelectMany(PayloadRecord.Read).ToList();
        Console.Error.WriteLine($"{records.Count} records read from {data}.");
        var measure = new PayloadMeasure(args.Contains("--prior") ? new RequestInspector(PayloadModel.Prior) : new RequestInspector());
        if (Option(args, "--errors") is { } source) measure.PrintErrors(records.Where(record => source == "all" || record.Source == source), int.Parse(Option(args, "--limit") ?? "60", System.Globalization.CultureInfo.InvariantCulture));
        else measure.Print(records);
        return 0;
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
