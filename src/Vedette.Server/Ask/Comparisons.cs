using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>Reads numbers that bound something: "slower than 2 seconds", "error rate above 5%", "risk over 80".</summary>
internal static class Comparisons
{
    private static readonly HashSet<string> Over = ["above", "over", "exceeding", "exceed", "greater", "higher", "larger", "more", "least", "slower", "longer", ">", ">=", "beyond"];

    private static readonly HashSet<string> Under = ["below", "under", "less", "lower", "faster", "shorter", "<", "<="];

    public static bool IsOver(string word) => Over.Contains(word);

    public static bool IsUnder(string word) => Under.Contains(word);

    public static void Read(Words words, Filter filter)
    {
        for (int i = 0; i < words.Count; i++)
        {
            bool over = IsOver(words.At(i));
            if (!over && !IsUnder(words.At(i))) continue;
            int at = i + 1;
            while (words.At(at) is "than" or "at" or "of" or "to") at++;
            if (!double.TryParse(words.At(at), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) continue;
            int subject = SubjectBefore(words, i, out string what);
            string unit = words.At(at + 1);
            if (!TryAssign(filter, what, words.At(i), over, value, unit)) continue;
            words.Use(subject, i - subject);
            words.Use(i, at - i + 1);
            if (unit is "%" or "percent" or "ms" or "millisecond" or "second" or "sec" or "s" or "minute" or "min") words.Use(at + 1, 1);
        }
    }

    /// <summary>What is bounded: the nearest telling word or two before the comparison.</summary>
    private static int SubjectBefore(Words words, int at, out string what)
    {
        int i = at - 1;
        while (i >= 0 && words.At(i) is "of" or "is" or "are" or "was" or "a" or "than" or "at" or "with" or "score") i--;
        what = words.At(i);
        if (what is "rate" or "ratio" or "share" or "time" && i > 0)
        {
            what = words.At(i - 1) + " " + what;
            return i - 1;
        }
        if (what is "latency" or "duration" or "risk" or "probability") return i;
        // "confidence over 90%" bounds something that is not known here, unless it is a place: "errors on checkout over 5%".
        if (what.Length > 0 && !Vocabulary.IsMeant(what) && char.IsLetter(what[0]) && words.At(i - 1) is not ("on" or "at" or "in" or "for")) return at;
        what = "";
        return at;
    }

    private static bool TryAssign(Filter filter, string what, string comparison, bool over, double value, string unit)
    {
        if (what is "error rate" or "failure rate" or "error ratio" or "error share" || (unit is "%" or "percent" && what.Length == 0))
        {
            if (!over) return false;
            filter["min_error_rate"] = Text(unit is "%" or "percent" || value > 1 ? value / 100 : value);
        }
        else if (what == "risk")
        {
            if (!over) return false;
            filter["min_risk"] = Text(value is > 0 and <= 1 ? value * 100 : value);
        }
        else if (what == "probability")
        {
            filter["min_failure_probability"] = Text(unit is "%" or "percent" || value > 1 ? value / 100 : value);
        }
        else if (what is "latency" or "duration" or "response time" || comparison is "slower" or "faster" or "longer" or "shorter" || unit is "ms" or "millisecond" or "second" or "sec" or "s")
        {
            double millis = unit switch { "second" or "sec" or "s" => value * 1000, "minute" or "min" => value * 60_000, _ => value };
            filter[over ? "min_duration_ms" : "max_duration_ms"] = Text(millis);
        }
        else
        {
            return false;
        }
        return true;
    }

    private static string Text(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);
}
