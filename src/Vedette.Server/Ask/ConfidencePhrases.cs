using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>Reads how sure an incident has to be: "confidence above 80%", "at least 90% sure", "with high confidence".</summary>
internal static class ConfidencePhrases
{
    private const string High = "0.8";
    private const string Low = "0.5";

    public static void Read(Words words, SubjectConditions conditions)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words.At(i) is not ("confidence" or "confident" or "certainty" or "certain" or "sure") || QuestionParser.IsExcluded(words, i)) continue;
            if (words.At(i - 1) is "high" or "very") conditions.Take("min_confidence", High, i - 1, 2);
            else if (words.At(i - 1) is "low") conditions.Take("max_confidence", Low, i - 1, 2);
            else if (!ReadBefore(words, i, conditions)) ReadAfter(words, i, conditions);
        }
    }

    /// <summary>"more than 75 percent certainty".</summary>
    private static bool ReadBefore(Words words, int noun, SubjectConditions conditions)
    {
        int number = IsPercent(words.At(noun - 1)) ? noun - 2 : noun - 1;
        if (!TryShare(words, number, out string share)) return false;
        int start = number - 1;
        while (words.At(start) is "than" or "at" or "to") start--;
        bool isUnder = Comparisons.IsUnder(words.At(start));
        if (!isUnder && !Comparisons.IsOver(words.At(start))) start = number;
        conditions.Take(isUnder ? "max_confidence" : "min_confidence", share, start, noun - start + 1);
        return true;
    }

    /// <summary>"confidence over 0.95", "a confidence of 99% or more".</summary>
    private static void ReadAfter(Words words, int noun, SubjectConditions conditions)
    {
        int number = noun + 1;
        bool isUnder = false;
        for (; words.At(number) is "of" or "is" or "than" or "at" or "to" or "score" || Comparisons.IsOver(words.At(number)) || Comparisons.IsUnder(words.At(number)); number++) isUnder |= Comparisons.IsUnder(words.At(number));
        if (!TryShare(words, number, out string share)) return;
        int end = IsPercent(words.At(number + 1)) ? number + 1 : number;
        if (words.At(end + 1) == "or" && (Comparisons.IsOver(words.At(end + 2)) || Comparisons.IsUnder(words.At(end + 2))))
        {
            isUnder = Comparisons.IsUnder(words.At(end + 2));
            end += 2;
        }
        conditions.Take(isUnder ? "max_confidence" : "min_confidence", share, noun, end - noun + 1);
    }

    private static bool IsPercent(string word) => word is "%" or "percent";

    private static bool TryShare(Words words, int at, out string share)
    {
        share = "";
        if (!double.TryParse(words.At(at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return false;
        if (value > 1 || IsPercent(words.At(at + 1))) value /= 100;
        share = Math.Round(Math.Min(value, 1), 6).ToString(CultureInfo.InvariantCulture);
        return true;
    }
}
