using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Counts on how many ordinary rows and on how many attacks of its class each rule is found: which rules earn their place, and which ordinary text holds them back.</summary>
internal static class RuleCensus
{
    /// <summary>Prints a line a rule: prior and shipped weight, attacks of its class, other attacks, ordinary rows, and one of these.</summary>
    public static void Print(IEnumerable<PayloadRecord> records, PayloadModel shipped)
    {
        var inspector = new RequestInspector(PayloadModel.Prior);
        var batch = new EventBatch(1 << 16, 1);
        var scratch = new InspectionScratch();
        int[] own = new int[Rules.All.Count], other = new int[Rules.All.Count], normal = new int[Rules.All.Count];
        string[] example = new string[Rules.All.Count];
        foreach (var record in records)
        {
            var found = new HashSet<int>();
            inspector.Extract(batch, record.AddTo(batch), scratch, (_, hits) =>
            {
                for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1)) found.Add(i);
            });
            foreach (int i in found)
            {
                if (record.IsAttack) (record.Class == Rules.All[i].Class ? own : other)[i]++;
                else if (normal[i]++ % 7 == 0) example[i] = $"{record.Source} {record.Display}";
            }
        }
        foreach (var rule in Rules.All)
            Console.WriteLine($"{rule.Id,-28}{rule.Prior,6:F1}{shipped.Weight(rule),7:F2}{own[rule.Index],7}{other[rule.Index],7}{normal[rule.Index],6}  {Short(example[rule.Index])}");
    }

    private static string Short(string? text) => text is null ? "" : text[..Math.Min(text.Length, 100)].Replace('\n', ' ');
}
