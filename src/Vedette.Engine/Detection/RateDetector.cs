using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller that asks far more often, or costs far more server time, than callers do here: rate abuse and resource exhaustion.</summary>
/// <remarks>
/// Requests in ten minutes per head, against the distribution over callers (upper tail, see <see cref="LogHistogram.TailProbability"/>). Much alone
/// is no abuse: a nightly batch is much. It takes a sign of harm (throttling, errors, a route hammered over and over, most of the service's time), or
/// a caller that shows no credentials and no name.
/// </remarks>
internal sealed class RateDetector : ICallerDetector
{
    private const int MinRequests = 240;
    private const double PriorCallers = 200;
    private const double PriorMedian = 8;
    private const double PriorSpread = 1.7;

    public Trigger Triggers => Trigger.Tick;

    public void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts window = ref context.Window;
        ObserveServerTime(ref context, sink, window);
        int requests = window[Counter.Requests] - window[Counter.Assets];
        if (requests < MinRequests || context.Caller.Agent == AgentKind.Monitor) return;
        int people = People.Behind(context.Caller);
        if (People.AreKnown(context.Caller) && people <= 1) return;

        LogHistogram peers = context.Caller.Kind == CallerKind.Address ? context.Baselines.AddressRequests : context.Baselines.PrincipalRequests;
        double perHead = (double)requests / people;
        double prior = Gaussian.UpperTail(Math.Log2(perHead / PriorMedian) / PriorSpread);
        double p = (PriorCallers * prior + peers.Total * peers.TailProbability(perHead, priorExcess: 1)) / (PriorCallers + peers.Total);
        double throttled = (double)window[Counter.Throttled] / requests;
        double errors = (double)window[Counter.ServerErrors] / requests;
        double repeats = (double)window[Counter.Repeats] / requests;
        bool hurts = throttled > 0.05 || errors > 0.2;
        bool hammers = repeats > 0.7 && requests > 4 * MinRequests;
        bool isNamed = People.IsIntegration(context.Caller) || context.Caller.Agent == AgentKind.Crawler;
        if (isNamed && !hurts && !hammers) return;
        if (p > context.Baselines.AlertThreshold) return;

        double typical = Math.Max(PriorMedian, peers.Quantile(0.5));
        double impact = Math.Clamp(0.15 * Math.Log10(perHead / typical) + (hurts ? 0.3 : 0) + (hammers ? 0.15 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.RateAbuse, "rate", p, impact, context.Caller.EpisodeStart, context.Episode[Counter.Requests],
            $"{Phrase.Of(requests, "request")} in ten minutes, typical callers make {Phrase.Count(typical)}"
            + (people > 1 ? $" (about {people} people share this address: {Phrase.Count(perHead)} each)" : "")
            + (repeats > 0.5 ? $". {Phrase.Percent(repeats)} repeat the request before" : "")
            + (throttled > 0.01 ? $". {Phrase.Percent(throttled)} were throttled (429)" : "")
            + (errors > 0.05 ? $". {Phrase.Percent(errors)} failed on the server" : "") + ".",
            [
                new Driver("requests_10m", requests, Math.Round(typical, 1), 0.6),
                new Driver("repeat_rate", Math.Round(repeats, 4), 0.2, 0.2),
                new Driver("throttled_share", Math.Round(throttled, 4), 0, 0.2),
            ]);
    }

    /// <summary>One caller that keeps the server busy with expensive requests.</summary>
    private static void ObserveServerTime(ref CallerContext context, FindingSink sink, in Counts window)
    {
        const int minRequests = 15;
        const double minBusySeconds = 60;
        int requests = window[Counter.Requests];
        double seconds = window[Counter.DurationMillis] / 1000.0;
        if (requests < minRequests || seconds < minBusySeconds || (People.AreKnown(context.Caller) && People.Behind(context.Caller) <= 1)) return;
        double service = context.Baselines.ServerSecondsPerWindow;
        double typical = Math.Max(0.001, context.Baselines.MeanSeconds);
        double mean = seconds / requests;
        double share = seconds / Math.Max(seconds, service);
        if (share < 0.3 || mean < 4 * typical || context.Baselines.ActiveMinutes < 10) return;
        // Slow answers to everybody are the server's fault; this caller must be slow where the others are not.
        double pShare = Math.Pow(typical / mean, 3) * (1 - share);
        if (pShare > context.Baselines.AlertThreshold * 50) return;
        double impact = Math.Clamp(share * 0.6 + (window[Counter.ServerErrors] > requests / 10 ? 0.3 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.ResourceExhaustion, "server_time", Math.Max(pShare * 1e-3, 1e-12), impact, context.Caller.EpisodeStart, requests,
            $"Took {Phrase.Percent(share)} of the server's time in ten minutes with {Phrase.Of(requests, "request")}: {Phrase.Millis(mean * 1000)} each, others take {Phrase.Millis(typical * 1000)}.",
            [
                new Driver("server_time_share", Math.Round(share, 4), 0.01, 0.6),
                new Driver("mean_response_time_ms", Math.Round(mean * 1000, 1), Math.Round(typical * 1000, 1), 0.4),
            ]);
    }
}
