using Vedette.Engine.Normalization;
using Vedette.Storage;
using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Server.Enforcement;

/// <summary>What a caller was in the day before an incident, when there was no reason to do anything about it.</summary>
/// <param name="Share">Its share of all requests, 0 to 1.</param>
/// <param name="Principals">Users and API keys that came from the address, up to a page of events.</param>
/// <param name="IsCrawler">It says that it is a crawler or a monitor.</param>
internal sealed record CallerPast(double Share, int Principals, bool IsCrawler)
{
    private const int Events = 500;

    public static async ValueTask<CallerPast> ReadAsync(IEventStore store, EnforcementTarget target, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var minute = new DateTimeOffset(until.UtcTicks - until.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        DateTimeOffset from = minute.AddDays(-1);
        long all = await RequestsAsync(store, from, minute, null, cancellationToken), own = await RequestsAsync(store, from, minute, target.Caller, cancellationToken);
        double share = all == 0 ? 0 : Math.Min(1, (double)own / all);
        if (target.Address is null) return new CallerPast(share, 1, IsCrawler: false);
        Page<StoredEvent> before = await store.QueryAsync(new EventQuery { From = from, To = until, ClientIp = target.Value }, new PageRequest(Events), cancellationToken);
        int principals = before.Items.Select(static e => e.User ?? e.ApiKey).Where(static name => name is not null).Distinct(StringComparer.Ordinal).Count();
        Page<StoredEvent> recent = await store.QueryAsync(new EventQuery { From = from, ClientIp = target.Value }, new PageRequest(Events), cancellationToken);
        return new CallerPast(share, principals, recent.Items.Count > 0 && recent.Items.All(static e => IsDeclared(e.UserAgent)));
    }

    private static async ValueTask<long> RequestsAsync(IEventStore store, DateTimeOffset from, DateTimeOffset to, string? caller, CancellationToken cancellationToken) =>
        (await store.TrafficAsync(new TrafficQuery(from, to, TimeSpan.FromDays(1), Caller: caller), cancellationToken)).Sum(static bucket => bucket.Counts.Requests);

    private static bool IsDeclared(string? userAgent) =>
        userAgent is not null && UserAgents.Classify(System.Text.Encoding.UTF8.GetBytes(userAgent)).Kind is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor or UserAgentKind.FeedReader;
}
