using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Runs an inspector over labelled records and counts.</summary>
internal sealed class PayloadMeasure(RequestInspector inspector)
{
    /// <summary>Sources whose ordinary rows are values that an API really gets.</summary>
    private static readonly string[] Realistic = ["csic2010", "fwaf", "ml_waf_granqvist", "openappsec_legit"];


    private readonly EventBatch _batch = new(1 << 16, 1);
    private InspectionScratch? _scratch = new();

    public float Score(PayloadRecord record)
    {
        var request = record.AddTo(_batch);
        inspector.Inspect(_batch, request, ref _scratch, out var result);
        return Math.Max(result.Score, result.Oddity);
    }

    public PayloadClasses Classes(PayloadRecord record)
    {
        var request = record.AddTo(_batch);
        inspector.Inspect(_batch, request, ref _scratch, out var result);
        return result.Classes;
    }

    public string Explain(PayloadRecord record)
    {
        var request = record.AddTo(_batch);
        var matches = inspector.Explain(_batch, request, _scratch!);
        return string.Join(" ", matches.Take(5).Select(match => $"{match.Rule}@{match.Where}"));
    }

    /// <summary>Prints recall and false positives per source and category.</summary>
    public Tally Print(IReadOnlyList<PayloadRecord> records)
    {
        var total = new Tally();
        Console.WriteLine($"{"source",-24}{"category",-20}{"rows",8}{"flagged",9}{"share",9}{"visible",9}{"share",9}");
        foreach (var group in records.GroupBy(record => (record.Source, Label: record.IsAttack ? record.Category ?? "attack" : "normal")).OrderBy(group => group.Key))
        {
            int flagged = 0, visible = 0, visibleFlagged = 0;
            foreach (var record in group)
            {
                bool isFlagged = Score(record) >= Inspection.Threshold;
                bool isVisible = Visibility.IsVisible(record);
                if (isFlagged) flagged++;
                if (isVisible) visible++;
                if (isVisible && isFlagged) visibleFlagged++;
                total.Count(record.IsAttack, isVisible, isFlagged);
            }
            int rows = group.Count();
            Console.WriteLine($"{group.Key.Source,-24}{group.Key.Label,-20}{rows,8}{flagged,9}{100.0 * flagged / rows,8:F2}%{visible,9}{100.0 * visibleFlagged / Math.Max(1, visible),8:F2}%");
        }
        PrintRanking(records);
        return total;
    }

    /// <summary>Prints how well each source's visible attacks rank above all ordinary rows.</summary>
    private void PrintRanking(IReadOnlyList<PayloadRecord> records)
    {
        float[] ordinary = [.. records.Where(record => !record.IsAttack).Select(Score)];
        if (ordinary.Length == 0) return;
        foreach (var group in records.Where(Visibility.IsVisible).GroupBy(record => record.Source).OrderBy(group => group.Key, StringComparer.Ordinal))
            Console.WriteLine($"{group.Key,-24}{Ranking.Text([.. group.Select(Score)], ordinary)}");
    }

    /// <summary>Prints and counts false positives of the sources of realistic values among <paramref name="records"/>, as labelled and without the rows whose label is wrong.</summary>
    public void AddRealistic(IEnumerable<PayloadRecord> records, Mislabelled mislabelled, (Tally AsLabelled, Tally Corrected) total)
    {
        foreach (var source in records.Where(record => !record.IsAttack && Realistic.Contains(record.Source)).GroupBy(record => record.Source))
        {
            var asLabelled = new Tally();
            var corrected = new Tally();
            foreach (var record in source)
            {
                bool isFlagged = Score(record) >= Inspection.Threshold;
                asLabelled.Count(isAttack: false, isVisible: false, isFlagged);
                if (!mislabelled.Contains(record)) corrected.Count(isAttack: false, isVisible: false, isFlagged);
            }
            Console.WriteLine($"{source.Key,-24}as labelled: {asLabelled.FalseText}; without rows judged mislabelled: {corrected.FalseText}");
            total.AsLabelled.Add(asLabelled);
            total.Corrected.Add(corrected);
        }
    }

    /// <summary>Prints what is judged wrongly.</summary>
    public void PrintErrors(IEnumerable<PayloadRecord> records, int limit)
    {
        foreach (var record in records.Where(record => Score(record) >= Inspection.Threshold != record.IsAttack && (!record.IsAttack || Visibility.IsVisible(record))).OrderBy(record => record.Hash).Take(limit))
        {
            var text = new StringBuilder(record.Display);
            if (text.Length > 260) text.Length = 260;
            Console.WriteLine($"{(record.IsAttack ? "MISS" : "FALSE")} {record.Source}/{record.Category} {record.Hash:x8} {Score(record):F2} [{Explain(record)}] {text.Replace('\n', ' ')}");
        }
    }
}
