namespace Vedette.ML;

/// <summary>Reports everything that is wrong with an options record at once.</summary>
internal static class Options
{
    /// <summary>Throws one exception that lists all of <paramref name="problems"/>, if there are any.</summary>
    public static void Check(IEnumerable<string> problems)
    {
        string all = string.Join(' ', problems);
        if (all.Length > 0) throw new ArgumentException(all);
    }
}
