using System.Globalization;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Judges every kind of honest text, and every family of attacks, by a model that was trained without it: what to expect of text nobody thought of.</summary>
internal static class KindMeasure
{
    private const int Examples = 6;

    /// <summary>Prints a line a kind with examples of what is judged wrongly, and the rates over all.</summary>
    public static void Print(IEnumerable<PayloadRecord> records, PayloadTrainer trainer)
    {
        int honest = 0, flagged = 0, attacks = 0, missed = 0;
        foreach (var kind in records.Where(record => record.Source is GrammarText.HonestSource or GrammarText.AttackSource).GroupBy(record => (record.Source, Kind: GrammarText.KindOf(record))))
        {
            var measure = new PayloadMeasure(new RequestInspector(trainer.Fit(kind.Key.Kind)));
            bool isAttack = kind.Key.Source == GrammarText.AttackSource;
            var wrong = kind.Where(record => measure.Score(record) >= Inspection.Threshold != isAttack).ToList();
            int rows = kind.Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Key.Source}/{kind.Key.Kind,-24}{rows,6} rows, {wrong.Count,4} judged wrongly ({100.0 * wrong.Count / rows:F1} %)"));
            foreach (var record in wrong.DistinctBy(record => record.Note).Take(Examples))
                Console.WriteLine($"    {measure.Score(record):F2} [{measure.Explain(record)}] {record.Display.Replace('\n', '⏎')}");
            if (isAttack) (attacks, missed) = (attacks + rows, missed + wrong.Count);
            else (honest, flagged) = (honest + rows, flagged + wrong.Count);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Honest kinds, each judged without it: {flagged} of {honest} flagged ({100.0 * flagged / honest:F1} %)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Families of attacks, each judged without it: {missed} of {attacks} missed ({100.0 * missed / attacks:F1} %)"));
    }
}
