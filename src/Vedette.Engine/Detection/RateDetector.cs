using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A caller that asks far more often than callers do here: rate abuse.</summary>
/// <remarks>
/// Requests in ten minutes and in the busiest ten seconds, per head, against the distribution over callers (upper tail, see <see cref="LogHistogram.TailProbability"/>). Much alone
/// is no abuse: a nightly batch is much. It takes a sign of harm (throttling, errors, a route hammered over and over, most of the service's time), or
/// a caller that shows no credentials and no name.
/// </remarks>
internal sealed class RateDetector : CallerDetector
{
    private const int MinRequests = 240;
    private const int MinBurst = 60;

    /// <summary>How much more somebody signed in with a browser may ask for: one request a second, in ten minutes, and the previews of a few folders in ten seconds.</summary>
    private const double AtWork = 2.5;

    private const double BriefImpact = -0.2;

    private static readonly AmountPrior Prior = new(Callers: 200, Median: 8, Spread: 1.7);
    private static readonly AmountPrior BurstPrior = new(Callers: 200, Median: 4, Spread: 1.2);

    /// <summary>Share of requests over the service's own limit: programs meet it now and then.</summary>
    private static readonly BetaBinomial HonestThrottled = BetaBinomial.WithMean(0.01, 10);

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts window = ref context.Window;
        if (context.Caller.IsSampled || context.Caller.Agent == UserAgentKind.Monitor || People.AreKnown(context.Caller)) return;
        int requests = window[Counter.Requests] - window[Counter.Assets];
        // Guesses at a user's password are counted under that user's name, and are others' doing.
        if (context.Caller.Kind == CallerKind.User && window[Counter.LoginFailures] * 2 > requests) return;
        int burst = context.Caller.PeakBurst;
        if (requests < MinRequests && burst < MinBurst) return;
        int people = People.Behind(context.Caller);
        LogHistogram peers = context.Caller.Kind == CallerKind.Address ? context.Baselines.AddressRequests : context.Baselines.PrincipalRequests;
        double perHead = (double)requests / people;
        double own = People.MinutesActive(context.Caller, context.Time);
        double p = Prior.UpperTail(peers, perHead, own);
        double pBurst = BurstPrior.UpperTail(context.Baselines.Bursts, (double)burst / people, own);
        bool isBurst = pBurst < p;
        double throttled = (double)window[Counter.Throttled] / requests;
        p = Math.Min(1, 2 * Math.Min(p, pBurst)) * HonestThrottled.UpperTail(window[Counter.Throttled], Math.Max(requests, window[Counter.Throttled]));
        double errors = (double)window[Counter.ServerErrors] / requests;
        double refused = (double)window[Counter.Refused] / requests;
        double repeats = (double)window[Counter.Repeats] / requests;
        bool hurts = throttled > 0.05 || errors > 0.2;
        // Writing to one place again and again is what a batch does; asking for one answer again and again is not.
        bool writes = window[Counter.Writes] * 2 > requests;
        bool hammers = (repeats > 0.7 && requests > 4 * MinRequests && !writes) || (isBurst && burst > 2 * MinBurst);
        bool isNamed = People.IsIntegration(context.Caller) || People.IsNamedProgram(context.Caller) || context.Caller.Agent == UserAgentKind.DeclaredCrawler;
        if (isNamed && !hurts && !hammers) return;
        // Pages that fetch their parts by themselves ask a lot in the name of somebody who works with them.
        bool isAtWork = context.Caller.Kind == CallerKind.User && context.Caller.Agent == UserAgentKind.Browser;
        if (isAtWork && !hurts && !hammers && requests < AtWork * MinRequests && burst < AtWork * MinBurst) return;
        if (p > context.Baselines.AlertThreshold) return;

        double typical = Math.Max(Prior.Median, peers.Quantile(0.5));
        // What is over within seconds, and no more than a person may cause in ten minutes, has harmed nobody.
        bool isBrief = requests < MinRequests && !hurts;
        double impact = isBrief ? BriefImpact : Math.Clamp(0.15 * Math.Log10(perHead / typical) + (hurts ? 0.3 : 0) + (hammers ? 0.15 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.RateAbuse, "rate", p, impact, context.Caller.EpisodeStart, context.Episode[Counter.Requests],
            (isBurst ? $"{Phrase.Of(burst, "request")} within ten seconds, typical callers make {Phrase.Count(Math.Max(BurstPrior.Median, context.Baselines.Bursts.Quantile(0.5)))}"
                : $"{Phrase.Of(requests, "request")} in ten minutes, typical callers make {Phrase.Count(typical)}")
            + (people > 1 ? $" (about {people} people share this address: {Phrase.Count(perHead)} each)" : "")
            + (repeats > 0.5 ? $". {Phrase.Percent(repeats)} repeat the request before" : "")
            + (throttled > 0.01 ? $". {Phrase.Percent(throttled)} were throttled (429)" : "")
            + (refused > 0.2 ? $". {Phrase.Percent(Math.Min(1, refused))} were refused (401 or 403)" : "")
            + (errors > 0.05 ? $". {Phrase.Percent(errors)} failed on the server" : "") + ".",
            [
                new Driver("requests_10m", requests, Math.Round(typical, 1), isBurst ? 0.2 : 0.6),
                new Driver("peak_requests_10s", burst, Math.Round(context.Baselines.Bursts.Quantile(0.5), 1), isBurst ? 0.6 : 0.2),
                new Driver("repeat_rate", Math.Round(repeats, 4), 0.2, 0.1),
                new Driver("throttled_share", Math.Round(throttled, 4), 0, 0.1),
            ]);
    }
}
