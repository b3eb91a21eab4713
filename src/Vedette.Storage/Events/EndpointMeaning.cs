using Vedette.Storage.Traffic;

namespace Vedette.Storage.Events;

/// <summary>What a query means by its endpoint.</summary>
internal static class EndpointMeaning
{
    /// <summary>True if the time asked for has seen a route of this name: then it is a route, else a path.</summary>
    public static async ValueTask<bool> HasRouteAsync(this IEventStore store, EventQuery query, CancellationToken cancellationToken)
    {
        if (query.Endpoint is not { } endpoint) return false;
        var totals = new TotalsQuery(query.From ?? DateTimeOffset.UnixEpoch, query.To ?? DateTimeOffset.MaxValue, TotalsBy.Route, 1, endpoint);
        return (await store.TotalsAsync(totals, cancellationToken)).Count > 0;
    }
}
