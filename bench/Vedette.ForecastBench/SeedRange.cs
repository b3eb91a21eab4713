using System.Globalization;

namespace Vedette.ForecastBench;

/// <summary>Seeds from one to another, both included: <c>101-130</c>.</summary>
internal sealed record SeedRange(ulong First, ulong Last)
{
    public IEnumerable<ulong> Numbers
    {
        get
        {
            for (ulong seed = First; seed <= Last; seed++) yield return seed;
        }
    }

    public static SeedRange? Parse(string text)
    {
        string[] parts = text.Split('-');
        bool isRange = parts.Length == 2 && ulong.TryParse(parts[0], CultureInfo.InvariantCulture, out _) && ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out _);
        return isRange ? new SeedRange(ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture)) : null;
    }

    public override string ToString() => $"{First}-{Last}";
}
