using System.Globalization;
using Vedette.Lab.Simulation;

namespace Vedette.ForecastBench;

/// <summary>A plain service drawn at random: some routes with a response time each, noise, a season, crowds, and disturbances after a calm history. It knows neither sessions nor attacks.</summary>
/// <remarks>What the simulator's APIs do not vary: histories from half an hour, from ten requests a minute, from 5 to 600 ms, one to thirty routes, and build-ups that become the failure by themselves.</remarks>
internal sealed class PlainTraffic
{
    private const long Minute = 60_000_000;
    private const double FailureMicros = 800_000;
    private const double FailureErrors = 0.3;
    private const int Clients = 200;
    private static readonly int[] RouteCounts = [1, 1, 2, 3, 5, 8, 15, 30];

    private readonly Random _random;
    private readonly long _start = DateTimeOffset.Parse("2026-03-02T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000;
    private readonly string[] _routes;
    private readonly string[] _clients;
    private readonly double[] _means;
    private readonly double[] _shares;
    private readonly List<(long Start, long End, double Times)> _crowds = [];
    private readonly double _rate;
    private readonly double _season;
    private readonly double _phase;
    private readonly double _spread;
    private readonly double _roughness;
    private readonly double _crowding;
    private readonly double _errors;

    public PlainTraffic(int seed)
    {
        _random = new Random(seed);
        _rate = Geometric(10, 1500);
        _routes = [.. Enumerable.Range(0, RouteCounts[_random.Next(RouteCounts.Length)]).Select(static i => $"/api/part{(char)('a' + i % 26)}{(i < 26 ? "" : "x")}")];
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => $"{_random.Next(20, 200)}.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(1, 255)}")];
        double mean = Geometric(5_000, 300_000);
        _means = [.. _routes.Select(_ => mean * Geometric(0.5, 2))];
        double[] weights = [.. _routes.Select(_ => Geometric(0.2, 5))];
        double sum = 0;
        _shares = [.. weights.Select(weight => sum += weight / weights.Sum())];
        (_season, _phase) = (Between(0, 0.6), Between(0, 1));
        (_spread, _roughness, _crowding) = (Between(0.15, 1), _random.NextDouble() < 0.5 ? 0 : Between(0, 0.15), Between(0, 1));
        _errors = _random.NextDouble() < 0.4 ? 0 : Geometric(0.0005, 0.02);
        Plan((long)(Geometric(25, 300) * Minute));
    }

    /// <summary>Length in microseconds: eight hours, or less of a busy service.</summary>
    public long Length => (long)(Minute * (_rate > 500 ? 300 : 480));

    public List<Disturbance> Disturbances { get; } = [];

    public List<BuildUp> BuildUps { get; } = [];

    public IEnumerable<TrafficEvent> Read()
    {
        double rough = 0;
        for (long minute = 0; minute < Length / Minute; minute++)
        {
            rough = 0.7 * rough + _roughness * Gauss();
            double load = LoadAt(minute * Minute);
            double expected = _rate * load;
            int count = (int)Math.Max(0, Math.Round(expected + Math.Sqrt(expected) * Gauss()));
            long[] times = [.. Enumerable.Range(0, count).Select(_ => _start + minute * Minute + (long)(_random.NextDouble() * Minute)).Order()];
            foreach (long time in times)
            {
                TrafficEvent request = Draw(time, Math.Exp(rough) * (1 + _crowding * Math.Max(0, load - 1)));
                foreach (Disturbance disturbance in Disturbances) disturbance.Apply(ref request, _random);
                yield return request;
            }
        }
    }

    private TrafficEvent Draw(long time, double slowness)
    {
        double at = _random.NextDouble();
        int route = Array.FindIndex(_shares, share => at < share);
        if (route < 0) route = _routes.Length - 1;
        return new TrafficEvent
        {
            TimeMicros = time, DurationMicros = (long)Math.Max(200, _means[route] * slowness * Math.Exp(_spread * Gauss() - _spread * _spread / 2)), ResponseBytes = 800, Truth = -1,
            Status = _random.NextDouble() < _errors ? (short)500 : (short)200, Method = "GET", Path = _routes[route], Query = "", Route = _routes[route], Client = _clients[_random.Next(Clients)],
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", Referer = "", Protocol = "HTTP/1.1", Host = "plain.example",
        };
    }

    private void Plan(long history)
    {
        long time = _start + history;
        while (time < _start + Length - 15 * Minute)
        {
            double kind = _random.NextDouble();
            if (kind < 0.12)
            {
                _crowds.Add((time, time + (long)(Between(8, 40) * Minute), Geometric(1.5, 8)));
                time += 60 * Minute;
                continue;
            }
            Disturbance next = kind < 0.32 ? DisturbancePlan.DrawSudden(_routes, time, _random) : DrawBuildUp(time, isMild: kind < 0.5);
            Disturbances.Add(next);
            time = next.End + (long)(Geometric(15, 150) * Minute);
        }
    }

    /// <summary>A response time or a share of errors that grows until it is a failure; a mild one stops before.</summary>
    private Disturbance DrawBuildUp(long time, bool isMild)
    {
        HashSet<string>? scope = DisturbancePlan.Scope(_routes, _random);
        double slowest = _routes.Select((route, i) => scope?.Contains(route) != false ? _means[i] : 0).Max();
        double beyond = isMild ? Between(0.2, 0.9) : Geometric(1.2, 4);
        double factor = Math.Max(1.1, Math.Max(FailureMicros, 2 * slowest) / slowest * beyond);
        double errors = isMild ? FailureErrors * beyond : Between(1.15, 2.5) * FailureErrors;
        int channel = _random.Next(4);
        // A factor that is raised by what is itself convex would hardly show before the end.
        bool isRatio = _random.NextDouble() < 0.4;
        long peak = time + (long)(Geometric(10, 90) * Minute);
        var drawn = new Disturbance
        {
            Routes = scope, Start = time, Peak = peak, End = peak + (long)(Between(5, 25) * Minute), BuildsUp = true, Curve = (Curve)_random.Next(isRatio ? 2 : 4), Growth = isRatio ? Growth.Ratio : Growth.Amount,
            Ending = isMild && _random.NextDouble() < 0.5 ? Ending.Relents : Ending.Plateau,
            Slowdown = channel != 2 ? factor : Geometric(1, 2), ErrorShare = channel == 2 || (channel == 3 && !isMild) ? errors : 0, TimeoutShare = channel == 2 && _random.NextDouble() < 0.3 ? errors / 3 : 0,
        };
        if (!isMild && FailureOf(drawn, slowest) is { } failure) BuildUps.Add(new BuildUp($"{(channel == 2 ? "errors" : "latency")}, {drawn.Curve.ToString().ToLowerInvariant()}", time, failure, drawn.End));
        return drawn;
    }

    private static long? FailureOf(Disturbance drawn, double slowest)
    {
        for (long time = drawn.Start; time < drawn.End; time += Minute / 4)
            if (drawn.IsFailure(time, slowest, FailureErrors, Math.Max(FailureMicros, 2 * slowest))) return time;
        return null;
    }

    private double LoadAt(long sinceStart)
    {
        double load = 1 + _season * Math.Sin(2 * Math.PI * (sinceStart / (1440.0 * Minute) + _phase));
        long time = _start + sinceStart;
        foreach ((long start, long end, double times) in _crowds)
            if (time >= start && time < end) load *= 1 + (times - 1) * Math.Min(1, Math.Min(time - start, end - time) / (3.0 * Minute));
        return load;
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private double Between(double from, double to) => from + _random.NextDouble() * (to - from);

    private double Geometric(double from, double to) => from * Math.Pow(to / from, _random.NextDouble());
}
