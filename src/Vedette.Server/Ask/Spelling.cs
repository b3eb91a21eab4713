namespace Vedette.Server.Ask;

/// <summary>Brings words into the form the vocabulary knows: small letters, singular, without typing errors.</summary>
internal static class Spelling
{
    private static readonly HashSet<string> Known = [.. Vocabulary.AllWords];

    /// <summary>From two on; "one" is more often a pronoun.</summary>
    private static readonly string[] Numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"];

    private static readonly string[] ByLength = [.. Known.Where(static word => word.Length >= 4).Order(StringComparer.Ordinal)];

    /// <summary>True for a word that questions are made of.</summary>
    public static bool IsKnown(string folded) => Known.Contains(folded);

    /// <summary>Small letters, no possessive, and the singular where the vocabulary knows it.</summary>
    public static string Fold(string word)
    {
        string folded = word.ToLowerInvariant();
        int number = Array.IndexOf(Numbers, folded);
        if (number >= 0) return (number + 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (folded.EndsWith("'s", StringComparison.Ordinal)) folded = folded[..^2];
        folded = folded.TrimEnd('\'');
        if (Known.Contains(folded)) return folded;
        foreach ((string ending, string instead) in new[] { ("ies", "y"), ("es", "e"), ("es", ""), ("s", "") })
        {
            if (!folded.EndsWith(ending, StringComparison.Ordinal)) continue;
            string singular = folded[..^ending.Length] + instead;
            if (Known.Contains(singular)) return singular;
        }
        return folded;
    }

    /// <summary>The only word of the vocabulary within one typing error, two in words of eight letters and more; the word itself if there is none, or are several.</summary>
    public static string Correct(string word)
    {
        if (Known.Contains(word) || !word.All(char.IsAsciiLetter)) return word;
        if (word.Length < 4) return word.Length == 3 ? CorrectShort(word) : word;
        int most = word.Length >= 8 ? 2 : 1;
        for (int allowed = 1; allowed <= most; allowed++)
        {
            string[] near = [.. ByLength.Where(known => Math.Abs(known.Length - word.Length) <= allowed && Distance(word, known, allowed) <= allowed).Take(2)];
            if (near.Length == 1) return near[0];
            if (near.Length > 1) return word;
        }
        // A typing error and the plural together.
        if (word.EndsWith("ies", StringComparison.Ordinal)) return Correct(word[..^3] + "y") is var one && Known.Contains(one) ? one : word;
        return word.EndsWith('s') && Correct(word[..^1]) is var singular && Known.Contains(singular) ? singular : word;
    }

    /// <summary>Three letters are too few to guess a meaning from; but one letter left out of a word without meaning does no harm: "shw".</summary>
    private static string CorrectShort(string word) =>
        ByLength.FirstOrDefault(known => known.Length == 4 && known[0] == word[0] && Vocabulary.Fillers.Contains(known) && Distance(word, known, 1) == 1) ?? word;

    /// <summary>The words of the vocabulary that look most like this one.</summary>
    public static IEnumerable<string> Near(string word) => ByLength.Where(known => Distance(word, known, 3) <= Math.Max(1, word.Length / 3)).OrderBy(known => Distance(word, known, 3)).Take(3);

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours from one word to the other (Damerau, CACM 1964, restricted); above <paramref name="enough"/> it may be too low.</summary>
    internal static int Distance(string a, string b, int enough)
    {
        if (Math.Abs(a.Length - b.Length) > enough) return enough + 1;
        int[] before = new int[b.Length + 1], last = new int[b.Length + 1], row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
