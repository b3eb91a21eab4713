namespace Vedette.Storage.Events;

/// <summary>Scores are kept with four decimals, as they are reported.</summary>
internal static class EventScore
{
    private const int Scale = 10_000;

    public static int ToStored(float score) => (int)MathF.Round(Math.Clamp(score, 0f, 1f) * Scale);

    public static double FromStored(long stored) => (double)stored / Scale;

    /// <summary>The score as it comes back out of the store.</summary>
    public static double Rounded(float score) => FromStored(ToStored(score));
}
