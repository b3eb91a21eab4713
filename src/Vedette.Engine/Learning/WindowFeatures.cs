using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Learning;

/// <summary>The columns that describe one caller's last minute: eight basic ones, and what the engine remembers of the caller besides.</summary>
/// <remarks>Training and live use read them with the same code. Values are finite; what the log does not tell is 0.</remarks>
public static class WindowFeatures
{
    /// <summary>The basic features come first; a <see cref="SlidingWindow"/> gives them for any requests.</summary>
    public const int BasicCount = 8;

    internal const int ReqCount = 0;
    internal const int ErrorRate = 1;
    internal const int AvgResponseTime = 2;
    internal const int MaxResponseTime = 3;
    internal const int PayloadMean = 4;
    internal const int UniqueEndpoints = 5;
    internal const int RepeatRate = 6;
    internal const int StatusEntropy = 7;
    internal const int RequestsTenMinutes = 8;
    internal const int AssetShare = 23;
    internal const int GapVariation = 25;
    internal const int SignatureScore = 34;
    internal const int DeclaredProgram = 46;

    private const double LeastServerSeconds = 1;

    /// <summary>Number of columns.</summary>
    public static int Count => All.Count;

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<Feature> All { get; } =
    [
        new("req_count", "requests", "requests in the minute"),
        new("error_rate", "0 to 1", "share answered with status 400 or above"),
        new("avg_response_time", "ms", "mean server time of the requests whose time is known"),
        new("max_response_time", "ms", "longest server time"),
        new("payload_mean", "bytes", "mean size of the request payloads that are known"),
        new("unique_endpoints", "routes", "different routes asked for; a path without a route counts for itself"),
        new("repeat_rate", "0 to 1", "share of requests for the same path as the request before"),
        new("status_entropy", "bits", "Shannon entropy of the status codes, in sixteen groups"),
        new("requests_10min", "requests", "requests in ten minutes"),
        new("login_failures", "logins", "failed logins in ten minutes"),
        new("auth_failure_ratio", "0 to 1", "share of the logins of ten minutes that failed"),
        new("login_users", "names", "names tried at logins in ten minutes"),
        new("refused_share", "0 to 1", "share of ten minutes answered 401 or 403"),
        new("not_found_share", "0 to 1", "share of ten minutes answered 404 or 410"),
        new("blind_not_found", "paths", "paths asked for in ten minutes that belong to nothing here"),
        new("invalid_share", "0 to 1", "share of ten minutes answered 400 or 422"),
        new("server_error_share", "0 to 1", "share of ten minutes answered 500 or above"),
        new("throttled_share", "0 to 1", "share of ten minutes answered 429"),
        new("distinct_objects", "objects", "objects asked for in ten minutes for the first time"),
        new("object_share", "0 to 1", "those per request"),
        new("new_query_share", "0 to 1", "share of ten minutes with a query other than the one before on that route"),
        new("new_routes", "routes", "routes used in ten minutes for the first time"),
        new("write_share", "0 to 1", "share of ten minutes with a method that changes something"),
        new("asset_share", "0 to 1", "share of ten minutes for pictures, scripts and style sheets"),
        new("repeat_share", "0 to 1", "share of ten minutes for the same path as the request before"),
        new("gap_variation", "ratio", "standard deviation over mean of the gaps between requests: 0 is a clock, people have 1 and more"),
        new("gap_seconds", "s", "mean gap between requests, recent ones counting more"),
        new("peak_burst", "requests", "requests in the busiest ten seconds of the session"),
        new("kibibytes_out", "KiB", "sent to it in ten minutes, pictures and scripts aside"),
        new("kibibytes_per_request", "KiB", "the same per request"),
        new("session_minutes", "min", "since its session began"),
        new("known_minutes", "min", "since it was first seen"),
        new("counterparts", "callers", "for an address: users and keys first seen from it in ten minutes; for a user: addresses"),
        new("agents", "agents", "user agents first seen from it in ten minutes"),
        new("signature_score", "0 to 1", "strongest attack payload in the minute, as the signatures score it"),
        new("payload_share", "0 to 1", "share of ten minutes that carried a payload"),
        new("probes", "requests", "requests of ten minutes for files only scanners ask for"),
        new("authenticated_share", "0 to 1", "share of ten minutes with a user or a key"),
        new("sequence_surprise", "nats", "how much more its order of requests surprises than others' do"),
        new("rate_vs_peers", "octaves", "log₂ of its requests in ten minutes, per head, over the median of its peers"),
        new("burst_vs_peers", "octaves", "log₂ of its busiest ten seconds, per head, over the median of all"),
        new("bytes_vs_peers", "octaves", "log₂ of what was sent to it in the session, per head, over the median of all"),
        new("latency_octaves", "octaves", "mean log₂ of server time over what is usual on the route"),
        new("server_time_share", "0 to 1", "its share of all server time in ten minutes"),
        new("heads", "people", "people who seem to stand behind it"),
        new("is_principal", "0 or 1", "a user, key or session rather than an address"),
        new("declared_program", "0 or 1", "its user agent is that of a crawler, monitor, feed reader or library"),
        new("no_agent", "0 or 1", "it sends no user agent"),
    ];

    /// <summary>Writes a whole row.</summary>
    internal static void Read(in CallerWindow minute, in CallerState caller, Baselines baselines, long time, Span<float> row)
    {
        minute.Counts.Read(row);
        ref readonly Counts window = ref caller.Recent.Window;
        int heads = People.Behind(caller);
        int at = BasicCount;
        ReadAnswers(window, row, ref at);
        ReadManner(window, caller, time, row, ref at);
        row[at++] = minute.SignatureScore;
        row[at++] = Share(window, Counter.Payloads);
        row[at++] = window[Counter.Probes];
        row[at++] = Share(window, Counter.Authenticated);
        row[at++] = caller.SequenceEvidence;
        LogHistogram peers = caller.Kind == CallerKind.Address ? baselines.AddressRequests : baselines.PrincipalRequests;
        row[at++] = Octaves((double)(window[Counter.Requests] - window[Counter.Assets]) / heads, peers);
        row[at++] = Octaves((double)caller.PeakBurst / heads, baselines.Bursts);
        row[at++] = Octaves((double)caller.Episode[Counter.ResponseKibibytes] / heads, baselines.EpisodeKibibytes);
        row[at++] = minute.LatencyOctaves;
        row[at++] = (float)Math.Min(1, window[Counter.DurationMillis] / 1000.0 / Math.Max(LeastServerSeconds, baselines.ServerSecondsPerWindow));
        row[at++] = heads;
        row[at++] = caller.Kind == CallerKind.Address ? 0 : 1;
        row[at++] = caller.Agent is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor or UserAgentKind.FeedReader or UserAgentKind.HttpLibrary ? 1 : 0;
        row[at] = caller.Agent == UserAgentKind.Empty ? 1 : 0;
    }

    private static void ReadAnswers(in Counts window, Span<float> row, ref int at)
    {
        row[at++] = window[Counter.Requests];
        row[at++] = window[Counter.LoginFailures];
        row[at++] = window[Counter.LoginAttempts] == 0 ? 0 : (float)window[Counter.LoginFailures] / window[Counter.LoginAttempts];
        row[at++] = window[Counter.LoginUsers];
        row[at++] = Share(window, Counter.Refused);
        row[at++] = Share(window, Counter.NotFound);
        row[at++] = window[Counter.BlindNotFound];
        row[at++] = Share(window, Counter.Invalid);
        row[at++] = Share(window, Counter.ServerErrors);
        row[at++] = Share(window, Counter.Throttled);
    }

    private static void ReadManner(in Counts window, in CallerState caller, long time, Span<float> row, ref int at)
    {
        row[at++] = window[Counter.NewObjects];
        row[at++] = Share(window, Counter.NewObjects);
        row[at++] = Share(window, Counter.NewQueries);
        row[at++] = window[Counter.NewRoutes];
        row[at++] = Share(window, Counter.Writes);
        row[at++] = Share(window, Counter.Assets);
        row[at++] = Share(window, Counter.Repeats);
        row[at++] = caller.Gaps.Variation;
        row[at++] = caller.Gaps.Mean;
        row[at++] = caller.PeakBurst;
        row[at++] = window[Counter.ResponseKibibytes];
        row[at++] = Share(window, Counter.ResponseKibibytes);
        row[at++] = Minutes(time - caller.EpisodeStart);
        row[at++] = Minutes(time - caller.FirstSeen);
        row[at++] = window[Counter.NewCounterparts];
        row[at++] = window[Counter.NewAgents];
    }

    private static float Share(in Counts window, Counter counter) => (float)window[counter] / Math.Max(1, window[Counter.Requests]);

    private static float Minutes(long micros) => Math.Max(0, micros) / 60e6f;

    /// <summary>How many times twice as much as half of the others; a few observations of 1 stand for what is not known yet.</summary>
    private static float Octaves(double value, LogHistogram others)
    {
        const double priorWeight = 20;
        double median = (others.Quantile(0.5) * others.Total + priorWeight) / (others.Total + priorWeight);
        return (float)Math.Log2(Math.Max(1, value) / Math.Max(1, median));
    }
}
