namespace Vedette.ML.TimeSeries;

/// <summary>Mean and variance with exponential forgetting; a plain mean until there are enough values to forget.</summary>
internal struct DecayingMoments(double halfLife)
{
    private readonly double _rate = 1 - Math.Pow(0.5, 1 / halfLife);
    private double _variance;
    private long _count;

    public double Mean { get; private set; }

    public readonly double Deviation => Math.Sqrt(_variance);

    public void Add(double value)
    {
        double rate = Math.Max(_rate, 1.0 / ++_count);
        double difference = value - Mean;
        Mean += rate * difference;
        _variance = (1 - rate) * (_variance + rate * difference * difference);
    }
}
