namespace Vedette.Engine.Behavior;

/// <summary>A level and a spread that follow a series slowly and are not dragged along by outliers.</summary>
/// <remarks>
/// Exponentially weighted location and scale with Huber's bounded influence (P. J. Huber, Annals of Mathematical Statistics 35(1), 1964): a value further than
/// two spreads away moves the level as if it were two spreads away. The spread estimates the standard deviation (mean absolute deviation × 1.2533).
/// </remarks>
internal struct RobustLevel
{
    private const double Clip = 2;

    public double Level { get; private set; }

    public double Spread { get; private set; }

    /// <summary>Values seen.</summary>
    public long Count { get; private set; }

    /// <summary>How many spreads <paramref name="value"/> lies above the level; the spread is at least <paramref name="minSpread"/>.</summary>
    public readonly double Deviation(double value, double minSpread) => (value - Level) / Math.Max(Spread, minSpread);

    /// <summary>Learns one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="halfLife">Values after which the past counts half.</param>
    /// <param name="minSpread">Smallest spread believed.</param>
    public void Add(double value, double halfLife, double minSpread)
    {
        Count++;
        // While young, the plain mean; then exponential.
        double rate = Math.Max(1.0 / Count, 1 - Math.Pow(0.5, 1 / halfLife));
        if (Count == 1)
        {
            Level = value;
            Spread = minSpread;
            return;
        }
        double spread = Math.Max(Spread, minSpread);
        double residual = Math.Clamp(value - Level, -Clip * spread * (Count < 10 ? 4 : 1), Clip * spread * (Count < 10 ? 4 : 1));
        Level += rate * residual;
        Spread += rate * (Math.Abs(residual) * 1.2533 - Spread);
        Spread = Math.Max(Spread, minSpread);
    }
}
