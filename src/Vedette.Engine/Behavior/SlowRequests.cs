namespace Vedette.Engine.Behavior;

/// <summary>Requests a minute of one route: those below twice its usual median time, those above, and those above twice its usual 95% quantile.</summary>
/// <remarks>
/// A share moves when its rest does: where programs poll and people ask for much, the median rises as soon as the programs stop. Counts tell that from slowness, which makes more slow requests and fewer fast ones.
/// </remarks>
internal readonly record struct SlowRequests(double Fast, double Slow, double VerySlow)
{
    /// <summary>A minute's requests by what the route's times have been so far.</summary>
    public static SlowRequests Of(RouteMinute minute, RouteBaseline baseline)
    {
        double total = minute.Durations.Total;
        double slow = total * minute.Durations.ShareAbove(double.Exp2(baseline.LogLatency.Level + 1));
        return new SlowRequests(total - slow, slow, total * minute.Durations.ShareAbove(double.Exp2(baseline.LogTailLatency.Level + 1)));
    }

    /// <summary>Moves each toward those of a minute, by <paramref name="rate"/> in [0, 1] of the distance.</summary>
    public SlowRequests Toward(in SlowRequests minute, double rate) =>
        new(Fast + rate * (minute.Fast - Fast), Slow + rate * (minute.Slow - Slow), VerySlow + rate * (minute.VerySlow - VerySlow));

    /// <summary>True if a count is larger than chance makes it where <paramref name="usual"/> is the mean: Poisson, with a rate that itself varies from minute to minute.</summary>
    public static bool IsMore(double count, double usual)
    {
        const double spreads = 3, rateVariation = 0.2;
        return count - usual >= spreads * Math.Sqrt(usual + 1 + rateVariation * rateVariation * usual * usual);
    }
}
