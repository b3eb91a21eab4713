using Vedette.Engine.Normalization;

namespace Vedette.Engine.Learning;

/// <summary>The columns that describe a single request: its time, its text, its answer, and how its caller has behaved.</summary>
/// <remarks>Training and live use fill them with the same code. Values are finite; what the log does not tell is 0.</remarks>
public static class RequestFeatures
{
    private const double MicrosPerHour = 3600e6;
    private const int HoursPerWeek = 7 * 24;

    /// <summary>1970-01-01 was a Thursday: weeks are counted from the Monday before.</summary>
    private const double HoursBeforeEpoch = 3 * 24;

    /// <summary>Rarity of a route that was never seen, in octaves.</summary>
    private const double MostRare = 20;

    /// <summary>Number of columns.</summary>
    public static int Count => All.Count;

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<Feature> All { get; } =
    [
        new("hour_sin", "-1 to 1", "hour of the day (UTC) on a circle, sine"),
        new("hour_cos", "-1 to 1", "the same, cosine"),
        new("weekday_sin", "-1 to 1", "time of the week (UTC) on a circle, sine"),
        new("weekday_cos", "-1 to 1", "the same, cosine"),
        new("weekend", "0 or 1", "Saturday or Sunday (UTC)"),
        new("signature_score", "0 to 1", "attack payload, as the signatures score it"),
        new("probe", "0 or 1", "a file only scanners ask for"),
        new("malformed", "0 or 1", "the request line is no HTTP"),
        new("requests_10min", "requests", "requests of the caller in ten minutes"),
        new("success_ratio", "0 to 1", "share of these answered below 400"),
        new("session_minutes", "min", "since the caller's session began"),
        new("path_length", "bytes", "length of the path as sent"),
        new("path_depth", "slashes", "slashes in the path"),
        new("query_length", "bytes", "length of the query as sent"),
        new("parameters", "parameters", "parameters in the query"),
        new("longest_value", "bytes", "length of the longest value"),
        new("new_parameters", "parameters", "parameters never seen on the route, of the first eight"),
        new("digit_share", "0 to 1", "digits in path and query"),
        new("special_share", "0 to 1", "characters other than letters, digits and those that part names"),
        new("encoded_share", "0 to 1", "percent signs"),
        new("client_error", "0 or 1", "answered 400 to 499"),
        new("server_error", "0 or 1", "answered 500 or above"),
        new("refused", "0 or 1", "answered 401 or 403"),
        new("not_found", "0 or 1", "answered 404 or 410"),
        new("latency_octaves", "octaves", "log₂ of server time over the route's median"),
        new("response_octaves", "octaves", "log₂ of the response's size over the route's median"),
        new("request_bytes", "bytes", "size of the request"),
        new("write", "0 or 1", "a method that changes something"),
        new("route_rarity", "octaves", "-log₂ of the route's share of all requests; 20 for an unknown one"),
        new("no_agent", "0 or 1", "no user agent was sent"),
        new("attack_tool", "0 or 1", "the user agent is an attack tool's"),
        new("declared_program", "0 or 1", "the user agent is a crawler's, monitor's, feed reader's or library's"),
    ];

    internal static void Read(in RequestFacts facts, RouteProfile route, Span<float> row)
    {
        double hours = facts.TimeMicros / MicrosPerHour;
        double ofDay = hours / 24 * Math.Tau, ofWeek = (hours + HoursBeforeEpoch) / HoursPerWeek * Math.Tau;
        int at = 0;
        row[at++] = (float)Math.Sin(ofDay);
        row[at++] = (float)Math.Cos(ofDay);
        row[at++] = (float)Math.Sin(ofWeek);
        row[at++] = (float)Math.Cos(ofWeek);
        row[at++] = (hours + HoursBeforeEpoch) % HoursPerWeek >= 5 * 24 ? 1 : 0;
        row[at++] = facts.SignatureScore;
        row[at++] = facts.IsProbe ? 1 : 0;
        row[at++] = facts.IsMalformed ? 1 : 0;
        row[at++] = facts.Caller.RequestsTenMinutes;
        row[at++] = facts.Caller.SuccessRatio;
        row[at++] = facts.Caller.SessionMinutes;
        ReadTarget(facts, route, row, ref at);
        row[at++] = facts.Status is >= 400 and < 500 ? 1 : 0;
        row[at++] = facts.Status >= 500 ? 1 : 0;
        row[at++] = facts.Status is 401 or 403 ? 1 : 0;
        row[at++] = facts.Status is 404 or 410 ? 1 : 0;
        row[at++] = facts.DurationMicros <= 0 || route.LatencyOctaves == 0 ? 0 : MathF.Log2(facts.DurationMicros) - route.LatencyOctaves;
        row[at++] = facts.ResponseBytes <= 0 || route.ResponseOctaves == 0 ? 0 : MathF.Log2(facts.ResponseBytes) - route.ResponseOctaves;
        row[at++] = Math.Max(0, facts.RequestBytes);
        row[at++] = facts.IsWrite ? 1 : 0;
        row[at++] = (float)(route.IsKnown ? Math.Min(MostRare, -Math.Log2(Math.Max(1e-9, route.Share))) : MostRare);
        row[at++] = facts.Agent == UserAgentKind.Empty ? 1 : 0;
        row[at++] = facts.Agent == UserAgentKind.AttackTool ? 1 : 0;
        row[at] = facts.Agent is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor or UserAgentKind.FeedReader or UserAgentKind.HttpLibrary ? 1 : 0;
    }

    private static void ReadTarget(in RequestFacts facts, RouteProfile route, Span<float> row, ref int at)
    {
        row[at++] = facts.PathLength;
        row[at++] = facts.PathDepth;
        row[at++] = facts.QueryLength;
        row[at++] = facts.Parameters.Count;
        row[at++] = facts.LongestValue;
        row[at++] = route.IsKnown ? route.NewParameters(facts) : facts.Parameters.KeptCount;
        row[at++] = facts.DigitShare;
        row[at++] = facts.SpecialShare;
        row[at++] = facts.EncodedShare;
    }
}
