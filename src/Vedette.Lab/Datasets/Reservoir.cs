using Vedette.Lab.Simulation;

namespace Vedette.Lab.Datasets;

/// <summary>An even sample of numbers that came one by one (J. S. Vitter, "Random Sampling with a Reservoir", 1985, algorithm R); the same for the same seed.</summary>
internal sealed class Reservoir(ulong seed)
{
    public const int Capacity = 65_536;

    private readonly RandomSource _random = new(seed);
    private readonly List<double> _values = [];
    private long _seen;
    private bool _isSorted;

    public void Add(double value)
    {
        _isSorted = false;
        _seen++;
        if (_values.Count < Capacity) _values.Add(value);
        else if (_random.NextUInt64() % (ulong)_seen is < Capacity and ulong place) _values[(int)place] = value;
    }

    public double Quantile(double share)
    {
        if (_values.Count == 0) return double.NaN;
        if (!_isSorted) _values.Sort();
        _isSorted = true;
        double position = share * (_values.Count - 1);
        int low = (int)position;
        int high = Math.Min(low + 1, _values.Count - 1);
        return _values[low] + (_values[high] - _values[low]) * (position - low);
    }
}
