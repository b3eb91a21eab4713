using System.Globalization;

namespace Vedette.Server.Api;

/// <summary>What stands out about a route, in sentences for people.</summary>
internal static class EndpointInsights
{
    private const double NotableErrors = 0.05;
    private const double NotableShare = 0.5;
    private const double LongTail = 10;
    private const int LeastRequests = 20;

    public static IEnumerable<string> Of(EndpointAnalytics row)
    {
        if (row.Failing) yield return "It fails now: too many errors, or too slow.";
        else if (row.FailureProbability >= 0.5) yield return string.Create(CultureInfo.InvariantCulture, $"It is likely ({row.FailureProbability:P0}) to fail within 15 minutes.");
        if (row.Requests < LeastRequests)
        {
            yield return "It is used too little to say more.";
            yield break;
        }
        if (row.ErrorRate >= NotableErrors) yield return string.Create(CultureInfo.InvariantCulture, $"{row.ErrorRate:P1} of its requests end in errors, {(row.ServerErrors > row.ClientErrors ? "most of them the server's" : "most of them the callers'")}.");
        if (row.Refused > row.Requests * NotableErrors) yield return string.Create(CultureInfo.InvariantCulture, $"{row.Refused:N0} requests were refused (401 or 403).");
        if (row is { P50Ms: > 0, P99Ms: { } slow } && slow > LongTail * row.P50Ms) yield return string.Create(CultureInfo.InvariantCulture, $"One request in a hundred takes {slow:N0} ms or more, though half take at most {row.P50Ms:N0} ms.");
        if (row.Anomalies > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{row.Anomalies:N0} requests carried an attack.");
        if (row.TopCallers is [{ } first, ..] && first.Requests > row.Requests * NotableShare) yield return string.Create(CultureInfo.InvariantCulture, $"One caller, {first.Value}, sends {(double)first.Requests / row.Requests:P0} of its requests.");
        if (row.Sensitive.Count > 0 && row.AuthPosture == "anonymous") yield return $"Its path suggests {string.Join(" and ", row.Sensitive)}, but callers come without user or key.";
        HourRow busiest = row.ByHour.MaxBy(static hour => hour.Requests)!;
        if (busiest.Requests > row.Requests * 0.25) yield return string.Create(CultureInfo.InvariantCulture, $"{(double)busiest.Requests / row.Requests:P0} of its requests come between {busiest.Hour:00}:00 and {(busiest.Hour + 1) % 24:00}:00 UTC.");
    }
}
