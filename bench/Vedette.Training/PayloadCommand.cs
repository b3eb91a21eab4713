using System.Globalization;
using Vedette.Engine.Signatures;
using Vedette.ML;

namespace Vedette.Training;

/// <summary><c>payloads</c>: trains, measures and writes the payload model.</summary>
internal static class PayloadCommand
{
    private const ulong Seed = 20100501;

    /// <summary>Sources whose licence allows a model made from them to be passed on; all others only measure.</summary>
    private static readonly Dictionary<string, string> Licences = new(StringComparer.Ordinal)
    {
        ["httpparams"] = "MIT",
        ["crs_tests"] = "Apache-2.0",
        ["libinjection"] = "BSD-3-Clause",
        ["modsec_learn"] = "MIT",
        ["openappsec_legit"] = "Apache-2.0",
        ["ml_waf_granqvist"] = "MIT",
        ["payloadsallthethings"] = "MIT",
        ["fuzzdb"] = "BSD-3-Clause / CC-BY-3.0",
        [BenignText.Source] = "MIT",
        [GrammarText.HonestSource] = "MIT",
        [GrammarText.AttackSource] = "MIT",
    };

    public static int Run(string[] args)
    {
        string data = Option(args, "--data") ?? "data/payloads";
        var records = Directory.GetFiles(data, "*.jsonl.gz").Order(StringComparer.Ordinal).SelectMany(PayloadRecord.Read).ToList();
        records.AddRange(BenignText.Generate(OwnFile("benign.txt"), perTemplate: 6, Seed));
        records.AddRange(GrammarText.Generate(OwnFile("honest.txt"), perTemplate: 6, Seed));
        records.AddRange(GrammarText.Generate(OwnFile("attacks.txt"), perTemplate: 6, Seed));
        Console.Error.WriteLine($"{records.Count} records read from {data}.");
        if (Option(args, "--honest") is { } honest)
        {
            foreach (string file in honest.Split(',')) HonestTraffic.Print(file, new RequestInspector());
            return 0;
        }
        if (Option(args, "--errors") is { } source)
        {
            new PayloadMeasure(args.Contains("--blind") ? new RequestInspector(Trainer(Usable(records)).Fit(source)) : new RequestInspector()).PrintErrors(records.Where(record => (source == "all" || record.Source == source) && (!args.Contains("--held-out") || IsHeldOut(record))), int.Parse(Option(args, "--limit") ?? "60", CultureInfo.InvariantCulture));
            return 0;
        }
        if (args.Contains("--kinds"))
        {
            KindMeasure.Print(records, Trainer(Usable(records)));
            return 0;
        }
        if (args.Contains("--rules"))
        {
            RuleCensus.Print(records.Where(record => !IsNoise(record)), PayloadModel.LoadEmbedded());
            return 0;
        }
        if (args.Contains("--measure"))
        {
            new PayloadMeasure(args.Contains("--prior") ? new RequestInspector(PayloadModel.Prior) : new RequestInspector()).Print(records);
            return 0;
        }
        Train(records, Option(args, "--out"), args.Contains("--left-out"));
        return 0;
    }

    private static void Train(List<PayloadRecord> records, string? file, bool measureLeftOut)
    {
        var usable = Usable(records);
        var held = usable.Where(IsHeldOut).ToList();
        var trainer = Trainer(usable);
        var model = trainer.Fit(leftOut: null);
        Console.WriteLine("Held out by hash (one in five), and all rows of the sources that only measure:");
        var measure = new PayloadMeasure(new RequestInspector(model));
        measure.Print([.. held, .. records.Where(record => !Licences.ContainsKey(record.Source))]);
        if (measureLeftOut)
        {
            Console.WriteLine("Each source judged by a model that never saw it:");
            var total = new Tally();
            var realistic = (AsLabelled: new Tally(), Corrected: new Tally());
            var mislabelled = Mislabelled.Load(OwnFile("mislabelled.txt"));
            foreach (string source in Licences.Keys.Order(StringComparer.Ordinal)) Judge(new PayloadMeasure(new RequestInspector(trainer.Fit(source))), records.Where(record => record.Source == source));
            Judge(measure, records.Where(record => !Licences.ContainsKey(record.Source)));
            Console.WriteLine($"All parts the judging model never saw: {total}");
            Console.WriteLine($"False positives on realistic values, all four sources: as labelled {realistic.AsLabelled.FalseText}; without rows judged mislabelled {realistic.Corrected.FalseText}");

            void Judge(PayloadMeasure judge, IEnumerable<PayloadRecord> rows)
            {
                var judged = rows.ToList();
                total.Add(judge.Print(judged));
                judge.AddRealistic(judged, mislabelled, realistic);
            }
        }
        if (file is not null) PayloadModelFile.Write(file, model, Lineage(usable, held, measure));
    }

    private static List<PayloadRecord> Usable(List<PayloadRecord> records) => [.. records.Where(record => Licences.ContainsKey(record.Source) && !IsNoise(record))];

    private static PayloadTrainer Trainer(List<PayloadRecord> usable)
    {
        var trainer = new PayloadTrainer();
        var random = new SeededRandom(Seed);
        foreach (var record in usable.Where(record => !IsHeldOut(record))) trainer.Add(record, ref random);
        return trainer;
    }

    private static Dictionary<string, object> Lineage(List<PayloadRecord> usable, List<PayloadRecord> held, PayloadMeasure measure) => new()
    {
        ["command"] = "dotnet run -c Release --project bench/Vedette.Training -- payloads --data DIRECTORY --out FILE",
        ["seed"] = Seed,
        ["method"] = "logistic regression per class, weights >= 0, Gaussian prior at the rules' own weights; one mutation per attack",
        ["sources"] = usable.GroupBy(record => record.Source).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (object)new Dictionary<string, object>
        {
            ["licence"] = Licences[group.Key],
            ["normal"] = group.Count(record => !record.IsAttack),
            ["attack"] = group.Count(record => record.IsAttack),
        }),
        ["held_out"] = new Dictionary<string, object>
        {
            ["visible_attacks"] = held.Count(Visibility.IsVisible),
            ["recall"] = Math.Round(Share(held.Where(Visibility.IsVisible), measure), 4),
            ["normal"] = held.Count(record => !record.IsAttack),
            ["false_positive_rate"] = Math.Round(Share(held.Where(record => !record.IsAttack), measure), 5),
        },
    };

    private static double Share(IEnumerable<PayloadRecord> records, PayloadMeasure measure)
    {
        var all = records.ToList();
        return all.Count(record => measure.Score(record) >= Inspection.Threshold) / (double)Math.Max(1, all.Count);
    }

    private static string OwnFile(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private static bool IsOwn(PayloadRecord record) => record.Source is BenignText.Source or GrammarText.HonestSource or GrammarText.AttackSource;

    /// <summary>Of the project's own texts whole templates are held out: two fillings of one template are no independent rows.</summary>
    private static bool IsHeldOut(PayloadRecord record) => (IsOwn(record) ? PayloadRecord.HashOf(record.Note!) : record.Hash) % 5 == 0;

    /// <summary>
    /// Rows whose label says something else: a negative rule test (only one rule must stay silent), positives of the rule set's strict levels 3 and 4, and the attacks
    /// that the publisher of ml_waf_granqvist left among the harmless words.
    /// </summary>
    private static bool IsNoise(PayloadRecord record) => record.Source switch
    {
        "crs_tests" => !record.IsAttack || record.ParanoiaLevel >= 3,
        "ml_waf_granqvist" => !record.IsAttack && PriorMeasure.Score(record) >= Inspection.Threshold,
        _ => false,
    };

    private static readonly PayloadMeasure PriorMeasure = new(new RequestInspector(PayloadModel.Prior));

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
