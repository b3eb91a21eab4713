namespace Vedette.Engine.Behavior;

/// <summary>How far requests lie apart: mean and variance, the latest counting most.</summary>
internal struct Gaps
{
    private const float Rate = 0.05f;

    /// <summary>A longer pause says no more than this one.</summary>
    private const float MostSeconds = 3600;

    private int _count;
    private float _variance;

    /// <summary>Seconds.</summary>
    public float Mean { get; private set; }

    /// <summary>Standard deviation as a share of the mean: 0 for a clock, 1 for chance alone. 0 while nothing is known.</summary>
    public readonly float Variation => Mean <= 0 ? 0 : MathF.Sqrt(_variance) / Mean;

    public void Add(long micros)
    {
        _count++;
        float difference = Math.Clamp(micros * 1e-6f, 0, MostSeconds) - Mean;
        float rate = Math.Max(Rate, 1f / _count);
        Mean += rate * difference;
        _variance = (1 - rate) * (_variance + rate * difference * difference);
    }
}
