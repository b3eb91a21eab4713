namespace Vedette.ML.TimeSeries;

/// <summary>What is usual at each time of day, and how much of the series that explains.</summary>
internal sealed class DailyProfile
{
    private const int BinCount = 48;
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>Share of the past kept at each visit of a bin.</summary>
    private const double Memory = 0.9;

    /// <summary>Weight of one value in the errors that the two predictions are compared by.</summary>
    private const double ErrorRate = 0.0005;

    /// <summary>Errors count up to this many times their usual size, so that one spike does not end a season.</summary>
    private const double ErrorLimit = 4;

    private readonly double[] _sums = new double[BinCount];
    private readonly double[] _weights = new double[BinCount];
    private DecayingMoments _level = new(4000);
    private double _profileError;
    private double _levelError;

    /// <summary>Share of the squared deviation from the level that the profile explains; 0 or less without a daily season.</summary>
    public double Explained => _levelError > 0 ? 1 - _profileError / _levelError : 0;

    /// <summary>Takes in one value; returns how far it is from what was expected at this time of day before it came.</summary>
    public double Update(long timeMicros, double value)
    {
        int bin = (int)((timeMicros % MicrosPerDay + MicrosPerDay) % MicrosPerDay / (MicrosPerDay / BinCount));
        double sum = 0, weight = 0;
        for (int i = -1; i <= 1; i++)
        {
            int near = (bin + i + BinCount) % BinCount;
            sum += _sums[near];
            weight += _weights[near];
        }
        double residual = value - (weight > 0 ? sum / weight : _level.Mean);
        if (_weights[bin] > 0) Compare(Math.Abs(residual), Math.Abs(value - _level.Mean));
        _sums[bin] = _sums[bin] * Memory + value;
        _weights[bin] = _weights[bin] * Memory + 1;
        _level.Add(value);
        return residual;
    }

    private void Compare(double profileError, double levelError)
    {
        double limit = _levelError > 0 ? ErrorLimit * Math.Sqrt(_levelError) : levelError;
        _profileError = (1 - ErrorRate) * _profileError + ErrorRate * Square(Math.Min(profileError, limit));
        _levelError = (1 - ErrorRate) * _levelError + ErrorRate * Square(Math.Min(levelError, limit));
    }

    private static double Square(double value) => value * value;
}
