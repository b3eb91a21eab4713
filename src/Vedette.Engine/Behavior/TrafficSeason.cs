namespace Vedette.Engine.Behavior;

/// <summary>The season of the service's requests a minute, on a log2 scale.</summary>
internal sealed class TrafficSeason
{
    public const int BinMinutes = 5;

    /// <summary>After an hour without any request it is not known whether there was no traffic or no log.</summary>
    private const int MostSilentMinutes = 60;

    private int _silentMinutes;

    public Season Course { get; } = new(BinMinutes);

    /// <summary>Rates are compared as logarithms to base 2.</summary>
    public static double Scale(double perMinute) => Math.Log2(perMinute + 1);

    public static double Rate(double scaled) => double.Exp2(scaled) - 1;

    /// <summary>Lets the minute that ends at <paramref name="time"/> count.</summary>
    public void Add(long time, double requests)
    {
        _silentMinutes = requests > 0 ? 0 : _silentMinutes + 1;
        if (_silentMinutes <= MostSilentMinutes) Course.Add(time, Scale(requests));
    }
}
