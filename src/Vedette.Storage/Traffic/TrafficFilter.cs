namespace Vedette.Storage.Traffic;

/// <summary>Which roll-up rows a query is about; null lets all through.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Key">Their key.</param>
/// <param name="Detail">Their detail.</param>
/// <param name="RouteInDetail">Route template behind the method in their detail.</param>
internal sealed record TrafficFilter(TrafficKind Kind, string? Key = null, string? Detail = null, string? RouteInDetail = null)
{
    public bool Matches(string key, string detail) =>
        (Key is null || key == Key)
        && (Detail is null || detail == Detail)
        && (RouteInDetail is null || RouteOf(detail) == RouteInDetail);

    /// <summary>Method and route template of a pair's detail.</summary>
    public static (string Method, string Route) Split(string detail)
    {
        int space = detail.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? ("", detail) : (detail[..space], detail[(space + 1)..]);
    }

    private static string RouteOf(string detail) => Split(detail).Route;
}
