namespace Vedette.Storage.Traffic;

/// <summary>Traffic over time.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">Minute after the last.</param>
/// <param name="Bucket">Length of a bucket: whole minutes.</param>
/// <param name="Endpoint">One route's only; null for all.</param>
/// <param name="Method">With <paramref name="Endpoint"/>: one method's only.</param>
/// <param name="Caller">One caller's only, as in <see cref="TrafficTotal.Key"/>; null for all. Not together with an endpoint.</param>
public sealed record TrafficQuery(DateTimeOffset From, DateTimeOffset To, TimeSpan Bucket, string? Endpoint = null, string? Method = null, string? Caller = null);

/// <summary>Totals over a time.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">Minute after the last.</param>
/// <param name="By">Per route or per caller.</param>
/// <param name="Limit">Rows at most, 1 to 10,000.</param>
/// <param name="Key">One route's template or one caller only.</param>
public sealed record TotalsQuery(DateTimeOffset From, DateTimeOffset To, TotalsBy By, int Limit, string? Key = null);

/// <summary>What totals are grouped by.</summary>
public enum TotalsBy
{
    /// <summary>Method and route template.</summary>
    Route,

    /// <summary>Client address.</summary>
    Address,

    /// <summary>User, else API key hash.</summary>
    Principal,

    /// <summary>
    /// With a route template as key: the addresses that use it. With an address as key: the methods and routes it uses. Kept per hour and without server times; the time is widened to whole hours.
    /// </summary>
    RouteOfCaller,
}
