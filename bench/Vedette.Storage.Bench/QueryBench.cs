using System.Diagnostics;
using System.Globalization;
using System.Text;
using Vedette.Engine.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Bench;

/// <summary>What a dashboard asks for, over 24 hours of 1,000 requests a second.</summary>
internal static class QueryBench
{
    private const int PerMinute = 60_000;
    private const int Routes = 200;
    private const int Callers = 40_000;
    private const int Users = 20_000;
    private const int Repeats = 15;

    // From within an hour to within an hour: both ends have to be read from minutes.
    private static readonly DateTimeOffset From = new(2026, 11, 20, 12, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(1);

    public static async Task RunAsync(string name, StorageOptions options)
    {
        await FillAsync(options);
        await using Store store = StoreFactory.Create(options, TimeProvider.System);
        await store.Events.OpenAsync(default);
        await MeasureAsync(name, "all traffic, buckets of 5 minutes", async () => (await store.Events.TrafficAsync(new TrafficQuery(From, To, TimeSpan.FromMinutes(5)), default)).Count);
        await MeasureAsync(name, "all traffic, buckets of an hour", async () => (await store.Events.TrafficAsync(new TrafficQuery(From, To, TimeSpan.FromHours(1)), default)).Count);
        await MeasureAsync(name, "one route, buckets of 5 minutes", async () => (await store.Events.TrafficAsync(new TrafficQuery(From, To, TimeSpan.FromMinutes(5), "/api/v1/resource7/{id}"), default)).Count);
        await MeasureAsync(name, "one address, buckets of 5 minutes", async () => (await store.Events.TrafficAsync(new TrafficQuery(From, To, TimeSpan.FromMinutes(5), Caller: AddressOf(3).ToString()), default)).Count);
        await MeasureAsync(name, "all routes with quantiles", async () => (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.Route, 1000), default)).Count);
        await MeasureAsync(name, "100 busiest addresses", async () => (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.Address, 100), default)).Count);
        await MeasureAsync(name, "100 busiest principals", async () => (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.Principal, 100), default)).Count);
        await MeasureAsync(name, "routes of one address", async () => (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.RouteOfCaller, 100, AddressOf(3).ToString()), default)).Count);
        await MeasureAsync(name, "addresses of one route", async () => (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.RouteOfCaller, 100, "/api/v1/resource7/{id}"), default)).Count);
    }

    public static Task FillAsync(StorageOptions options) => RollupFill.WriteAsync(options, DeltasOf);

    private static async Task MeasureAsync(string name, string what, Func<Task<int>> query)
    {
        int rows = await query();
        var times = new List<double>();
        for (int i = 0; i < Repeats; i++)
        {
            long started = Stopwatch.GetTimestamp();
            rows = await query();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {what} | {rows} | {times[Repeats / 2]:0.0} | {times[^1]:0.0} |"));
    }

    /// <summary>A day, minute by minute. Few callers and routes do most: shares fall with the rank.</summary>
    private static IEnumerable<TrafficDelta> DeltasOf()
    {
        byte[][] routes = [.. Enumerable.Range(0, Routes).Select(static i => Encoding.UTF8.GetBytes($"/api/v1/resource{i}/{{id}}"))];
        byte[][] users = [.. Enumerable.Range(0, Users).Select(static i => Encoding.UTF8.GetBytes($"user{i}"))];
        var random = new Random(7);
        long first = From.ToUnixTimeSeconds() / 60;
        for (long minute = first; minute < first + 1440; minute++)
        {
            var delta = new TrafficDelta();
            for (int i = 0; i < PerMinute; i++)
            {
                int caller = Skewed(random, Callers);
                var keys = new EventKeys
                {
                    Method = (i & 3) == 0 ? "POST"u8 : "GET"u8,
                    Route = routes[Skewed(random, Routes)],
                    Client = AddressOf(caller),
                    Principal = (i & 1) == 0 ? users[caller % Users] : [],
                };
                var facts = new EventFacts((i % 50) switch { 0 => 500, 1 or 2 => 404, 3 => 401, _ => 200 }, (long)Math.Exp(8 + random.NextDouble() * 4), 300, 5000, isAnomaly: i % 1000 == 0, isAuthenticated: (i & 1) == 0, 0.01);
                delta.Add(minute, 0, keys, facts);
            }
            yield return delta;
        }
    }

    private static int Skewed(Random random, int count) => (int)(Math.Pow(count + 1, random.NextDouble()) - 1);

    private static NetworkAddress AddressOf(int caller) => NetworkAddress.FromIPv4(0xCB00_0000u + (uint)caller);
}
