using Vedette.Storage.Traffic;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Roll-ups give what adding up all events gives, wherever the counts are just then.</summary>
public abstract class TrafficContract<TStore> : StoreContract<TStore>
    where TStore : IStoreUnderTest, new()
{
    private readonly List<SampleEvent> _written = [];

    /// <summary>Of 3,001 callers, how many of a minute and of an hour are known by name.</summary>
    private protected virtual (int Minute, int Hour) CallersKept => (512, 2048);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RollUpsAgreeWithTheEvents(int seed)
    {
        var traffic = new RandomTraffic(seed, Noon);
        for (int i = 0; i < 6; i++)
        {
            await WriteAsync(traffic.Events(150));
            // Every second group finds the counts of those before ripe to be written.
            if (i % 2 == 0) Time.Advance(TimeSpan.FromSeconds(11));
            if (i == 3) await ReopenAsync();
            await CompareAsync(traffic);
        }
    }

    [Fact]
    public async Task TheBusiestCallersOfAMinuteAreKeptAndNobodyIsLost()
    {
        // The busy one comes last, when others have long filled the table.
        await WriteAsync([.. Enumerable.Range(0, 3000).Select(static i => new SampleEvent(Noon.AddSeconds(1)) { Client = $"10.0.{i / 250}.{i % 250}", Route = "/a" })]);
        Time.Advance(TimeSpan.FromSeconds(11));
        await WriteAsync([.. Enumerable.Range(0, 50).Select(static i => new SampleEvent(Noon.AddSeconds(2)) { Client = "203.0.113.9", Route = "/a" })]);
        Time.Advance(TimeSpan.FromSeconds(11));
        await WriteAsync([new SampleEvent(Noon.AddSeconds(3)) { Client = "203.0.113.9", Route = "/a" }]);
        await ReopenAsync();
        IReadOnlyList<TrafficTotal> minute = await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddMinutes(1), TotalsBy.Address, 10_000), default);
        Assert.Equal(CallersKept.Minute, minute.Count);
        Assert.Equal(("203.0.113.9", 51), (minute[0].Key, minute[0].Counts.Requests));
        IReadOnlyList<TrafficTotal> hour = await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddHours(1), TotalsBy.Address, 10_000), default);
        Assert.Equal(CallersKept.Hour, hour.Count);
        Assert.Equal(51, hour[0].Counts.Requests);
        Assert.Equal(3051, Assert.Single(await Events.TrafficAsync(new TrafficQuery(Noon, Noon.AddHours(1), TimeSpan.FromHours(1)), default)).Counts.Requests);
        Assert.Equal(51, Assert.Single(await Events.TrafficAsync(new TrafficQuery(Noon, Noon.AddHours(1), TimeSpan.FromMinutes(1), Caller: "203.0.113.9"), default)).Counts.Requests);
    }

    [Fact]
    public async Task QuantilesAreCloseToThoseOfTheDurations()
    {
        var random = new Random(5);
        long[] durations = [.. Enumerable.Range(0, 5000).Select(_ => (long)Math.Exp(6 + 8 * random.NextDouble()))];
        await WriteAsync([.. durations.Select(static (duration, i) => new SampleEvent(Noon.AddSeconds(i)) { Route = "/a", DurationMicros = duration })]);
        TrafficCounts counts = Assert.Single(await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddHours(2), TotalsBy.Route, 10), default)).Counts;
        Array.Sort(durations);
        Assert.InRange(counts.P50Ms!.Value / (durations[2499] / 1000.0), 0.955, 1.045);
        Assert.InRange(counts.P95Ms!.Value / (durations[4749] / 1000.0), 0.955, 1.045);
        Assert.InRange(counts.P99Ms!.Value / (durations[4949] / 1000.0), 0.955, 1.045);
        Assert.Equal(durations[^1] / 1000.0, counts.MaxMs);
        Assert.Equal(durations.Average() / 1000, counts.MeanMs!.Value, 6);
    }

    [Fact]
    public async Task WhoUsesARouteAndWhatACallerUsesAreKnown()
    {
        await WriteAsync(
        [
            new SampleEvent(Noon) { Client = "10.0.0.1", Route = "/a", Method = "GET" },
            new SampleEvent(Noon) { Client = "10.0.0.1", Route = "/a", Method = "POST" },
            new SampleEvent(Noon) { Client = "10.0.0.1", Route = "/b c", Method = "POST" },
            new SampleEvent(Noon) { Client = "10.0.0.2", Route = "/a", Method = "GET" },
        ]);
        IReadOnlyList<TrafficTotal> callers = await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddMinutes(1), TotalsBy.RouteOfCaller, 10, "/a"), default);
        Assert.Equal([("10.0.0.1", null, 2L), ("10.0.0.2", null, 1L)], callers.Select(static t => (t.Key, t.Method, t.Counts.Requests)));
        IReadOnlyList<TrafficTotal> routes = await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddMinutes(1), TotalsBy.RouteOfCaller, 10, "10.0.0.1"), default);
        Assert.Equal([("/a", "GET", 1L), ("/a", "POST", 1L), ("/b c", "POST", 1L)], routes.Select(static t => (t.Key, t.Method, t.Counts.Requests)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.TotalsAsync(new TotalsQuery(Noon, Noon.AddMinutes(1), TotalsBy.RouteOfCaller, 10), default));
    }

    [Fact]
    public async Task ABucketIsWholeMinutesOfOneKindOfTraffic()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.TrafficAsync(new TrafficQuery(Noon, Noon.AddHours(1), TimeSpan.FromSeconds(90)), default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Events.TrafficAsync(new TrafficQuery(Noon, Noon.AddHours(1), TimeSpan.FromMinutes(1), "/a", Caller: "10.0.0.1"), default));
        Assert.Empty(await Events.TrafficAsync(new TrafficQuery(Noon, Noon, TimeSpan.FromMinutes(1)), default));
    }

    private async Task WriteAsync(IReadOnlyList<SampleEvent> events)
    {
        await Events.AppendAsync(events);
        _written.AddRange(events);
    }

    private async Task CompareAsync(RandomTraffic traffic)
    {
        DateTimeOffset from = Noon.AddMinutes(traffic.Random.Next(-2000, 0)), to = Noon.AddMinutes(traffic.Random.Next(0, 2000));
        SampleEvent[] within = [.. _written.Where(e => e.Time >= from && e.Time < to)];
        foreach (TimeSpan bucket in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(7), TimeSpan.FromHours(3)])
        {
            Equal(within.GroupBy(e => from + bucket * ((e.Time - from).Ticks / bucket.Ticks)).OrderBy(static g => g.Key).Select(static g => (g.Key.ToString("o"), g)),
                (await Events.TrafficAsync(new TrafficQuery(from, to, bucket), default)).Select(static b => (b.Time.ToString("o"), b.Counts)));
        }
        Equal(within.Where(static e => e.Route == "/login").GroupBy(e => from + TimeSpan.FromMinutes(5) * ((e.Time - from).Ticks / TimeSpan.FromMinutes(5).Ticks)).OrderBy(static g => g.Key).Select(static g => (g.Key.ToString("o"), g)),
            (await Events.TrafficAsync(new TrafficQuery(from, to, TimeSpan.FromMinutes(5), "/login"), default)).Select(static b => (b.Time.ToString("o"), b.Counts)));
        Equal(ByRequests(within.Where(static e => e.Route is not null).GroupBy(static e => $"{e.Route} {e.Method}")),
            (await Events.TotalsAsync(new TotalsQuery(from, to, TotalsBy.Route, 100), default)).Select(static t => ($"{t.Key} {t.Method}", t.Counts)));
        Equal(ByRequests(within.Where(static e => e.Client is not null).GroupBy(static e => e.Client!)),
            (await Events.TotalsAsync(new TotalsQuery(from, to, TotalsBy.Address, 100), default)).Select(static t => (t.Key, t.Counts)));
        Equal(ByRequests(within.Where(static e => e.User is not null).GroupBy(static e => e.User!)),
            (await Events.TotalsAsync(new TotalsQuery(from, to, TotalsBy.Principal, 100), default)).Select(static t => (t.Key, t.Counts)));
    }

    private static IEnumerable<(string Name, IGrouping<string, SampleEvent> Events)> ByRequests(IEnumerable<IGrouping<string, SampleEvent>> groups) =>
        groups.OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).Select(static g => (g.Key, g));

    private static void Equal<TKey>(IEnumerable<(string Name, IGrouping<TKey, SampleEvent> Events)> expected, IEnumerable<(string Name, TrafficCounts Counts)> found) =>
        Assert.Equal(expected.Select(static group => $"{group.Name}: {Describe(group.Events)}"), found.Select(static row => $"{row.Name}: {Describe(row.Counts)}"));

    private static string Describe(IEnumerable<SampleEvent> events)
    {
        SampleEvent[] all = [.. events];
        long[] durations = [.. all.Where(static e => e.DurationMicros is not null).Select(static e => e.DurationMicros!.Value)];
        return FormattableString.Invariant($"""
            {all.Length} {all.Count(static e => e.Status is >= 300 and < 400)} {all.Count(static e => e.Status is >= 400 and < 500)} {all.Count(static e => e.Status >= 500)} {all.Count(static e => e.Status is 401 or 403)} {all.Count(static e => e.Payloads != 0)}
            {all.Count(static e => e.User is not null)} {all.Sum(static e => e.RequestBytes ?? 0)} {all.Sum(static e => e.ResponseBytes ?? 0)}
            {(durations.Length == 0 ? -1 : durations.Max() / 1000.0):0.###} {(durations.Length == 0 ? -1 : durations.Average() / 1000.0):0.000} {all.Max(static e => e.Score):0.####}
            """);
    }

    private static string Describe(TrafficCounts counts) => FormattableString.Invariant($"""
        {counts.Requests} {counts.Redirects} {counts.ClientErrors} {counts.ServerErrors} {counts.Refused} {counts.Anomalies}
        {counts.Authenticated} {counts.RequestBytes} {counts.ResponseBytes}
        {counts.MaxMs ?? -1:0.###} {counts.MeanMs ?? -1:0.000} {counts.MaxScore:0.####}
        """);
}
