namespace Vedette.Lab.Datasets;

/// <summary>Sums over the rows in which two columns both have a number, for their correlation.</summary>
internal struct PairSums
{
    private long _count;
    private double _meanX;
    private double _meanY;
    private double _squaresX;
    private double _squaresY;
    private double _products;

    public void Add(double x, double y)
    {
        _count++;
        double deltaX = x - _meanX, deltaY = y - _meanY;
        _meanX += deltaX / _count;
        _meanY += deltaY / _count;
        _squaresX += deltaX * (x - _meanX);
        _squaresY += deltaY * (y - _meanY);
        _products += deltaX * (y - _meanY);
    }

    /// <summary>Pearson's coefficient in [-1, 1]; NaN where a column does not vary.</summary>
    public readonly double Correlation
    {
        get
        {
            double scale = Math.Sqrt(_squaresX) * Math.Sqrt(_squaresY);
            return scale > 0 ? Math.Clamp(_products / scale, -1, 1) : double.NaN;
        }
    }
}
