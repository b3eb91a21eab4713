using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>Traffic that is not what was to be expected.</summary>
/// <param name="Minutes">Over how many minutes it was seen.</param>
/// <param name="Doublings">Distance from what was to be expected, log2; negative for less.</param>
/// <param name="Now">Requests a minute.</param>
/// <param name="Normal">Requests a minute that were to be expected.</param>
/// <param name="Deviation">The distance in spreads, not below zero.</param>
/// <param name="IsSeasonal">True if other days say what was to be expected, false if only the time before does.</param>
internal readonly record struct TrafficChange(int Minutes, double Doublings, double Now, double Normal, double Deviation, bool IsSeasonal);

/// <summary>Compares the last minutes with the hour before and with how other days went on from there, on days that go like them: how others go on nobody knows.</summary>
/// <remarks>
/// The expectation is the middle of the days like this one; where some have fallen or risen further at this time, the change must go beyond that as well. The spread is that of a Poisson count of the same size, times how much
/// more the minutes of this service differ (learnt, at least one).
/// </remarks>
internal sealed class ChangeTest(int minutes)
{
    private const double Spreads = 6;
    private const double HalfLifeMinutes = 720;

    /// <summary>A twentieth of a doubling: rates are never steadier than that.</summary>
    private const double MinNoise = 0.05;

    /// <summary>Doublings from which on a change matters: 70% or 140%.</summary>
    private const double MinDoublings = 0.5;
    private const double MinPerMinute = 10;

    /// <summary>A day goes as usual while the hour before was within this many doublings of it.</summary>
    private const double MostUnusual = 0.75;

    private RobustLevel _noise;

    private int Bins => Math.Max(1, minutes / TrafficSeason.BinMinutes);

    /// <summary>Learns from an undisturbed minute how much the last minutes differ from what is expected.</summary>
    public void Learn(RecentRate rate, Season season, long bin)
    {
        double level = rate.Level;
        if (double.IsNaN(level) || !rate.Has(minutes)) return;
        UsualChange usual = season.Usual(bin, rate.LevelEnd, Bins);
        _noise.Add((rate.Mean(minutes) - level - usual.Change) / Chance(level + usual.Change), HalfLifeMinutes, 1);
    }

    /// <summary>The change, up for a positive <paramref name="sign"/> or down, if it is none that time brings.</summary>
    public TrafficChange? Judge(RecentRate rate, Season season, long bin, int sign)
    {
        double level = rate.Level;
        if (!season.KnowsTheWeek || double.IsNaN(level) || !rate.Has(minutes) || level < Math.Log2(MinPerMinute)) return null;
        double now = rate.Mean(minutes);
        UsualChange usual = season.Usual(bin, rate.LevelEnd, Bins);
        if (sign * (now - level) < MinDoublings / 2 || !(Math.Abs(level - usual.Before) <= MostUnusual)) return null;
        (double fall, double rise) = season.UsualRange(bin, rate.LevelEnd, Bins);
        double expected = level + (sign > 0 ? Math.Max(usual.Change, rise) : Math.Min(usual.Change, fall));
        double far = sign * (now - expected), deviation = far / (Chance(expected) * Math.Max(1, _noise.Spread));
        bool isAbnormal = far >= MinDoublings && deviation >= Spreads && IsSudden(rate, bin, now, sign) && Lasts(rate, expected, sign);
        return isAbnormal ? new TrafficChange(minutes, sign * far, TrafficSeason.Rate(now), TrafficSeason.Rate(level + usual.Change), deviation, usual.IsKnown) : null;
    }

    /// <summary>True if even the nearest minutes before were otherwise: evening comes slowly.</summary>
    private bool IsSudden(RecentRate rate, long bin, double now, int sign)
    {
        (double low, double high) = rate.Neighbors(bin - (minutes - 1) / TrafficSeason.BinMinutes);
        return (sign > 0 ? now - high : low - now) >= MinDoublings / 2;
    }

    /// <summary>True if most minutes show it: not one burst or gap.</summary>
    private bool Lasts(RecentRate rate, double expected, int sign) => rate.Beyond(minutes, expected + sign * MinDoublings / 2, sign) >= (minutes * 2 + 2) / 3;

    private double Chance(double level)
    {
        const double variancePerEvent = 2.0814; // of the binary logarithm of a Poisson count: 1 / ln²2
        return Math.Sqrt(variancePerEvent / Math.Max(1, minutes * TrafficSeason.Rate(level)) + MinNoise * MinNoise);
    }
}
