using System.Text;
using Vedette.ML;

namespace Vedette.Training;

/// <summary>Rewrites an attack so that its meaning stays: case, white space, comments, encodings.</summary>
internal static class Mutations
{
    public static PayloadRecord? Mutate(PayloadRecord record, ref SeededRandom random)
    {
        if (record.Value is not { } value || record.IsEncoded && value.Contains('%', StringComparison.Ordinal)) return null;
        string changed = random.Next(4) switch
        {
            0 => RandomCase(value, ref random),
            1 when record.Category == "sqli" => value.Replace(" ", "/**/", StringComparison.Ordinal),
            1 => value.Replace(" ", "\t", StringComparison.Ordinal),
            2 => PayloadRecord.Encode(value, isEncoded: false),
            _ => RandomCase(value, ref random).Replace(" ", "\n", StringComparison.Ordinal),
        };
        return changed == value ? null : record with { Value = changed, IsEncoded = false };
    }

    private static string RandomCase(string text, ref SeededRandom random)
    {
        var changed = new StringBuilder(text.Length);
        foreach (char c in text) changed.Append(random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
        return changed.ToString();
    }
}
