namespace Vedette.Engine.Learning;

/// <summary>From the chance of a score at least as high in ordinary traffic to a vote in [0, 1).</summary>
internal static class VoteScale
{
    /// <summary>Share of ordinary traffic that counts as strange: its vote is one half.</summary>
    public const double Contamination = 0.05;

    /// <summary>v = s/(s + s₀) of the surprise s = -ln p, with s₀ = -ln 0.05: p = 1 gives 0, 0.05 gives 0.5, 0.0001 gives 0.75.</summary>
    public static float Vote(double pValue)
    {
        double surprise = -Math.Log(Math.Clamp(pValue, 1e-15, 1));
        return (float)(surprise / (surprise - Math.Log(Contamination)));
    }
}
