using System.Globalization;

namespace Vedette.Training;

/// <summary>Rows that their publisher calls normal and that were read one by one and judged to be attacks or probes, from <c>mislabelled.txt</c>.</summary>
/// <remarks>Only rows that some model flagged were read, so the list says nothing of how many attacks the rest of a source holds. No training looks at it.</remarks>
internal sealed class Mislabelled
{
    private readonly HashSet<(string Source, uint Hash)> _rows = [];

    private Mislabelled()
    {
    }

    /// <summary>Reads a file of lines <c>source hash the row's beginning</c>; a line in brackets says why those below it are listed.</summary>
    /// <exception cref="InvalidDataException">A line is neither.</exception>
    public static Mislabelled Load(string file)
    {
        var list = new Mislabelled();
        foreach (string line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] is not ('#' or '[')))
        {
            string[] parts = line.Split(' ', 3);
            if (parts.Length < 2 || !uint.TryParse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint hash)) throw new InvalidDataException($"'{line}' is no source and hash.");
            list._rows.Add((parts[0], hash));
        }
        return list;
    }

    public bool Contains(PayloadRecord record) => !record.IsAttack && _rows.Contains((record.Source, record.Hash));
}
