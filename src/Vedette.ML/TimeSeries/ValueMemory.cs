namespace Vedette.ML.TimeSeries;

/// <summary>All values seen so far, to a resolution of a small share of their range, in bounded memory.</summary>
internal sealed class ValueMemory
{
    private const int Capacity = 4096;
    private const int Resolution = 2048;

    private readonly double[] _sorted = new double[Capacity];
    private int _count;

    /// <summary>Values no farther apart are not told from one another.</summary>
    private double Gap => _count == 0 ? 0 : (_sorted[_count - 1] - _sorted[0]) / Resolution;

    /// <summary>The nearest remembered values on both sides of <paramref name="value"/>; infinite where there is none.</summary>
    public (double Lower, double Upper) Around(double value)
    {
        int above = FirstNotBelow(value);
        return (above > 0 ? _sorted[above - 1] : double.NegativeInfinity, above < _count ? _sorted[above] : double.PositiveInfinity);
    }

    public void Add(double value)
    {
        (double lower, double upper) = Around(value);
        if (Math.Min(value - lower, upper - value) <= Gap) return;
        if (_count == Capacity) Thin();
        int position = FirstNotBelow(value);
        Array.Copy(_sorted, position, _sorted, position + 1, _count - position);
        _sorted[position] = value;
        _count++;
    }

    /// <summary>
    /// Drops values closer to their lower neighbour than the resolution, which were kept while the range was smaller; at most
    /// <see cref="Resolution"/> + 2 remain, the extremes among them.
    /// </summary>
    private void Thin()
    {
        double gap = Gap;
        double high = _sorted[_count - 1];
        int kept = 1;
        for (int i = 1; i < _count - 1; i++)
            if (_sorted[i] - _sorted[kept - 1] >= gap) _sorted[kept++] = _sorted[i];
        _sorted[kept++] = high;
        _count = kept;
    }

    private int FirstNotBelow(double value)
    {
        int index = Array.BinarySearch(_sorted, 0, _count, value);
        return index < 0 ? ~index : index;
    }
}
