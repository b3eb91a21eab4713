using Vedette.Engine.Signatures;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Events drawn from small sets, so that queries meet some and miss some.</summary>
internal sealed class RandomTraffic(int seed, DateTimeOffset around)
{
    public static readonly string[] Methods = ["GET", "POST", "PURGE"];
    public static readonly string[] Clients = ["203.0.113.1", "203.0.113.200", "10.1.2.3", "2001:db8::1", "2001:db8:0:1::9", "gate.example"];
    public static readonly string[] Users = ["ann", "bob", "Ann"];
    public static readonly string[] Agents = ["Mozilla/5.0 (X11)", "curl/8.1", "sqlmap_1%"];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public IReadOnlyList<SampleEvent> Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    public T? Maybe<T>(double probability, Func<T> value) => _random.NextDouble() < probability ? value() : default;

    public T Any<T>(T[] values) => values[_random.Next(values.Length)];

    /// <summary>Within three days, some in the same millisecond.</summary>
    public DateTimeOffset Time() => around.AddMilliseconds(_random.Next(2) == 0 ? _random.Next(-130_000_000, 130_000_000) : _random.Next(-3, 3) * 3_600_000);

    private SampleEvent Next()
    {
        int id = _random.Next(20);
        bool isLogin = _random.Next(3) == 0;
        return new SampleEvent(Time())
        {
            Method = Any(Methods),
            Path = isLogin ? "/login" : $"/Items/{id}",
            Query = Maybe(0.5, () => $"q=A_{id}%25"),
            Route = Maybe(0.9, () => isLogin ? "/login" : "/Items/{id}"),
            Status = Any((int[])[200, 301, 401, 404, 500, 0]),
            DurationMicros = Maybe<long?>(0.8, () => (long)Math.Exp(_random.NextDouble() * 18)),
            Client = Maybe(0.95, () => Any(Clients)),
            User = Maybe(0.5, () => Any(Users)),
            RequestBytes = Maybe<long?>(0.5, () => _random.Next(5000)),
            ResponseBytes = Maybe<long?>(0.5, () => _random.Next(5_000_000)),
            Agent = Maybe(0.8, () => Any(Agents)),
            Payloads = _random.Next(10) == 0 ? PayloadClass.SqlInjection.AsSet() : PayloadClasses.None,
            Score = _random.Next(10_001) / 10_000f,
        };
    }
}
