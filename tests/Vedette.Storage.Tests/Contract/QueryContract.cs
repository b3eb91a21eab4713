using System.Net;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Queries give what going through all events naively gives.</summary>
public abstract class QueryContract<TStore> : StoreContract<TStore>
    where TStore : IStoreUnderTest, new()
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task QueriesAgreeWithGoingThroughAllEvents(int seed)
    {
        var traffic = new RandomTraffic(seed, Noon);
        var written = new List<SampleEvent>();
        for (int i = 0; i < 5; i++)
        {
            IReadOnlyList<SampleEvent> group = traffic.Events(80);
            await Events.AppendAsync(group);
            written.AddRange(group);
        }
        for (int i = 0; i < 120; i++)
        {
            EventQuery query = QueryOf(traffic);
            string[] expected = [.. Matching(query, written).Select(Describe)];
            var found = new List<string>();
            string? cursor = null;
            int skip = traffic.Random.Next(3) == 0 ? traffic.Random.Next(20) : 0;
            do
            {
                Page<StoredEvent> page = await Events.QueryAsync(query, new PageRequest(traffic.Random.Next(1, 60), cursor, cursor is null ? skip : 0), default);
                found.AddRange(page.Items.Select(Describe));
                cursor = page.NextCursor;
            } while (cursor is not null);
            Assert.True(expected.Skip(skip).SequenceEqual(found), $"{query}\nexpected {string.Join("; ", expected.Skip(skip).Take(5))}\nfound {string.Join("; ", found.Take(5))}");
            Assert.Equal(Math.Min(expected.Length, 30), await Events.CountAsync(query with { Patience = null }, 30, default));
        }
    }

    /// <summary>Some have no patience: a page then goes through one minute, so such a query asks for an hour around an event's time or midnight instead of all three days.</summary>
    private static EventQuery QueryOf(RandomTraffic traffic)
    {
        EventQuery query = AnyQuery(traffic);
        if (traffic.Random.NextDouble() >= 0.3) return query;
        DateTimeOffset middle = traffic.Random.Next(4) == 0 ? Noon.AddHours(12) : traffic.Time();
        return query with { From = middle.AddMinutes(-traffic.Random.Next(1, 30)), To = middle.AddMinutes(traffic.Random.Next(1, 30)), Patience = TimeSpan.Zero };
    }

    private static EventQuery AnyQuery(RandomTraffic traffic) => new()
    {
        From = traffic.Maybe<DateTimeOffset?>(0.4, () => traffic.Time()),
        To = traffic.Maybe<DateTimeOffset?>(0.4, () => traffic.Time()),
        Endpoint = traffic.Maybe(0.3, () => traffic.Any((string[])["/login", "/Items/{id}", "/Items/3", "/none"])),
        Method = traffic.Maybe(0.2, () => traffic.Any((string[])[.. RandomTraffic.Methods, "DELETE"])),
        MinStatus = traffic.Maybe<int?>(0.2, () => traffic.Any((int[])[300, 400, 404])),
        MaxStatus = traffic.Maybe<int?>(0.2, () => traffic.Any((int[])[299, 404, 499])),
        ClientIp = traffic.Maybe(0.3, () => traffic.Any((string[])[.. RandomTraffic.Clients, "203.0.113.0/24", "2001:db8::/64", "2001:db8::/32", "0.0.0.0/0", "10.0.0.0/8", "198.51.100.1"])),
        User = traffic.Maybe(0.2, () => traffic.Any(RandomTraffic.Users)),
        MinDurationMs = traffic.Maybe<double?>(0.2, () => Math.Exp(traffic.Random.NextDouble() * 12)),
        Text = traffic.Maybe(0.3, () => traffic.Any((string[])["ITEMS/1", "a_1", "%25", "MOZILLA", "_1%", "none", "\\"])),
        UserAgent = traffic.Maybe(0.1, () => traffic.Any((string[])["MOZILLA", "curl", "_", "none", "%"])),
        IsAnomaly = traffic.Maybe<bool?>(0.2, () => traffic.Random.Next(2) == 0),
    };

    private static IEnumerable<SampleEvent> Matching(EventQuery query, IReadOnlyList<SampleEvent> written)
    {
        // A route counts as seen in the minutes that the time asked for touches.
        bool isRoute = written.Any(e => e.Route == query.Endpoint && Minute(e.Time) >= Minute(query.From ?? DateTimeOffset.MinValue)
            && (query.To is null || Minute(e.Time) * TimeSpan.TicksPerMinute < query.To.Value.UtcTicks));
        return written.Select(static (sample, order) => (Sample: sample, Order: order))
            .Where(e => (query.From is null || e.Sample.Time >= query.From) && (query.To is null || e.Sample.Time < query.To))
            .Where(e => query.Endpoint is null || (isRoute ? e.Sample.Route : e.Sample.Path) == query.Endpoint)
            .Where(e => query.Method is null || e.Sample.Method == query.Method)
            .Where(e => query.MinStatus is null || (e.Sample.Status != 0 && e.Sample.Status >= query.MinStatus))
            .Where(e => query.MaxStatus is null || (e.Sample.Status != 0 && e.Sample.Status <= query.MaxStatus))
            .Where(e => query.ClientIp is null || IsFrom(e.Sample.Client, query.ClientIp))
            .Where(e => query.User is null || e.Sample.User == query.User)
            .Where(e => query.MinDurationMs is null || e.Sample.DurationMicros / 1000.0 >= query.MinDurationMs)
            .Where(e => query.Text is null || new[] { e.Sample.Path, e.Sample.Query, e.Sample.Agent }.Any(text => text?.Contains(query.Text, StringComparison.OrdinalIgnoreCase) == true))
            .Where(e => query.UserAgent is null || e.Sample.Agent?.Contains(query.UserAgent, StringComparison.OrdinalIgnoreCase) == true)
            .Where(e => query.IsAnomaly is null || (e.Sample.Payloads != 0) == query.IsAnomaly)
            .OrderByDescending(static e => e.Sample.Time.ToUnixTimeMilliseconds()).ThenByDescending(static e => e.Order).Select(static e => e.Sample);
    }

    private static long Minute(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMinute;

    private static bool IsFrom(string? client, string asked)
    {
        if (client is null) return false;
        if (!asked.Contains('/', StringComparison.Ordinal)) return client == asked;
        return IPAddress.TryParse(client, out IPAddress? address) && IPNetwork.Parse(asked).Contains(address);
    }

    private static string Describe(SampleEvent e) => FormattableString.Invariant($"{e.Time:o} {e.Method} {e.Path} {e.Query} {e.Client} {e.User} {e.DurationMicros / 1000.0} {Math.Round(e.Score, 4):0.####}");

    private static string Describe(StoredEvent e) => FormattableString.Invariant($"{e.Timestamp:o} {e.Method} {e.Path} {e.Query} {e.ClientIp} {e.User} {e.DurationMs} {e.AnomalyScore:0.####}");
}
