using Vedette.ML;

namespace Vedette.Lab.Simulation;

/// <summary>The distributions traffic is drawn from, over one seeded stream.</summary>
internal sealed class RandomSource(ulong seed)
{
    private SeededRandom _random = new(seed);

    /// <summary>An independent stream, so that one part of the traffic can change without moving every other.</summary>
    public static RandomSource Fork(ulong seed, int stream) => new(Mix(seed + 0xD1B54A32D192ED03UL * (ulong)(uint)(stream + 1)));

    /// <summary>A well-spread function of its input (the finaliser of MurmurHash3), for values that must not cost state.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }

    public ulong NextUInt64() => _random.NextUInt64();

    public int Next(int bound) => _random.Next(bound);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>], both included.</summary>
    public int Between(int low, int high) => low + _random.Next(high - low + 1);

    public double Uniform() => _random.NextDouble();

    public double Uniform(double low, double high) => low + (high - low) * _random.NextDouble();

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * _random.NextGaussian());

    /// <summary>An index below <paramref name="count"/> whose frequency falls as a power of its rank; 1 is uniform, larger is steeper.</summary>
    public int Skewed(int count, double power) => Math.Min(count - 1, (int)(count * Math.Pow(_random.NextDouble(), power)));

    public T Pick<T>(T[] values) => values[_random.Next(values.Length)];

    public void Shuffle<T>(Span<T> values) => _random.Shuffle(values);
}
