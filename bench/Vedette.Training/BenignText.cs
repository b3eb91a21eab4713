using System.Text;
using Vedette.ML;

namespace Vedette.Training;

/// <summary>Makes ordinary values that look dangerous from the templates in <c>benign.txt</c>.</summary>
internal static class BenignText
{
    public const string Source = "own_benign";

    private static readonly string[] Words = "blue garden invoice report summer kitchen bridge window coffee market student paper engine river theatre bicycle camera blanket orange silver update select order group union table drop insert value index view user admin test search filter list detail profile cart price total date status".Split(' ');
    private static readonly string[] People = "Anna Sean Maria Pat Conor Siobhan Liam Aoife Marco Chloé Jürgen Olga".Split(' ');

    public static IEnumerable<PayloadRecord> Generate(string file, int perTemplate, ulong seed)
    {
        var random = new SeededRandom(seed);
        var records = new List<PayloadRecord>();
        foreach (string line in File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("# Ordinary", StringComparison.Ordinal)))
        {
            for (int i = 0; i < perTemplate; i++)
            {
                string text = Fill(line.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal), ref random);
                // One in three as a raw body, as an API would get it.
                records.Add(i % 3 == 2
                    ? new PayloadRecord(Source, false, null, null, false, "/api/items", null, "Content-Type: text/plain\n", text, line)
                    : new PayloadRecord(Source, false, null, text, false, "/", null, "", null, line));
            }
        }
        return records;
    }

    private static string Fill(string template, ref SeededRandom random)
    {
        var filled = new StringBuilder();
        for (int i = 0; i < template.Length; i++)
        {
            if (template[i] != '{' || i + 2 >= template.Length || template[i + 2] != '}' || Slot(template[i + 1], ref random) is not { } value)
            {
                filled.Append(template[i]);
                continue;
            }
            filled.Append(value);
            i += 2;
        }
        return filled.ToString();
    }

    private static string? Slot(char kind, ref SeededRandom random) => kind switch
    {
        'n' => random.Next(random.Next(2) == 0 ? 30 : 100000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        'w' => Words[random.Next(Words.Length)],
        'p' => People[random.Next(People.Length)],
        'u' => $"https://www.{Words[random.Next(Words.Length)]}.com/{Words[random.Next(Words.Length)]}/{random.Next(9999)}",
        'd' => $"202{random.Next(9)}-0{random.Next(9) + 1}-1{random.Next(9)}",
        't' => $"{random.NextUInt64():x16}{random.NextUInt64():x16}",
        _ => null,
    };
}
