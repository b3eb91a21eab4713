using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller whose few requests cost the server far more than others' do: resource exhaustion.</summary>
/// <remarks>
/// By time where the log tells it: a large share of the server's time, more than callers take, with requests several times slower than others' and than those for the same
/// routes. What a route is slow for anyway, such as files sent or a request that waits for news, is the route's. Else by what is left of it:
/// answers many times larger than others', of which unusually many end in server errors.
/// </remarks>
internal sealed class ExhaustionDetector : CallerDetector
{
    private const int MinRequests = 10;
    private const int MinMinutes = 10;

    /// <summary>How much of the server's time callers take shows in an hour; how long a route's requests take, sooner. Who waits for news has one request open all the time and not two: ten minutes of a window, and what began before it.</summary>
    private const int MinMinutesOfAmounts = 60;
    private const double MostWaitedSeconds = 720;

    private const double MinBusySeconds = 60;
    private const double MinShare = 0.3;
    private const double MinSlowdown = 4;
    private const int MinErrors = 4;
    private const double MinSizeRatio = 8;

    /// <summary>Times are about log-normal, with this log2 spread on a route; those of one caller have causes in common, so their mean scatters less, but not √n times less for long.</summary>
    private const double Spread = 1.5;
    private const double MostBelieved = 2.5;

    /// <summary>Before any data: half of the callers take two seconds of the server's time in ten minutes, or less. Milliseconds.</summary>
    private static readonly AmountPrior TimePrior = new(Callers: 50, Median: 2000, Spread: 2.5);

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts window = ref context.Window;
        int requests = window[Counter.Requests] - window[Counter.Assets];
        if (requests < MinRequests || context.Baselines.ActiveMinutes < MinMinutes || People.AreKnown(context.Caller)) return;
        if (window[Counter.ServerErrors] * 20 < requests && People.AreOrdered(context.Caller, context.Baselines, context.Caller.MainRoute, window[Counter.Refused] + window[Counter.NotFound], requests)) return;
        ObserveTime(ref context, sink, requests, window[Counter.DurationMillis] / 1000.0);
        ObserveSize(ref context, sink, requests, window[Counter.ResponseKibibytes], window[Counter.ServerErrors]);
    }

    private static void ObserveTime(ref CallerContext context, FindingSink sink, int requests, double seconds)
    {
        if (seconds < MinBusySeconds) return;
        double typical = Math.Max(0.001, context.Baselines.MeanSeconds);
        double mean = seconds / requests;
        double share = seconds / Math.Max(seconds, Math.Max(context.Baselines.ServerSecondsPerWindow, context.Baselines.UsualServerSeconds));
        if (share < MinShare || mean < MinSlowdown * typical) return;
        double usual = Math.Max(typical, context.Window[Counter.UsualMillis] / 1000.0 / requests);
        int people = People.Behind(context.Caller);
        if (mean < MinSlowdown * usual && context.Baselines.ActiveMinutes < MinMinutesOfAmounts && seconds < MostWaitedSeconds * people) return;
        double own = People.MinutesActive(context.Caller, context.Time);
        double p = Gaussian.UpperTail(Math.Log2(mean / usual) / Spread * Math.Min(MostBelieved, Math.Sqrt(requests)))
            * TimePrior.UpperTail(context.Baselines.ServerMillis, 1000 * seconds / people, own);
        if (p > context.Baselines.AlertThreshold) return;
        double impact = Math.Clamp(share * 0.6 + (context.Window[Counter.ServerErrors] * 10 > requests ? 0.2 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.ResourceExhaustion, "server_time", p, impact, context.Caller.EpisodeStart, requests,
            $"Took {Phrase.Percent(share)} of the server's time in ten minutes with {Phrase.Of(requests, "request")}: {Phrase.Millis(mean * 1000)} each, others take {Phrase.Millis(typical * 1000)}.",
            [
                new Driver("server_time_share", Math.Round(share, 4), 0.01, 0.6),
                new Driver("mean_response_time_ms", Math.Round(mean * 1000, 1), Math.Round(typical * 1000, 1), 0.4),
            ], route: 0);
    }

    private static void ObserveSize(ref CallerContext context, FindingSink sink, int requests, int kibibytes, int errors)
    {
        if (errors < MinErrors) return;
        double typical = Math.Max(1, context.Baselines.MeanKibibytes);
        double mean = (double)kibibytes / requests;
        if (mean < MinSizeRatio * typical) return;
        // When everybody meets errors they say nothing about this caller.
        BetaBinomial prior = BetaBinomial.WithMean(Math.Clamp(2 * context.Baselines.ErrorShare, 0.005, 0.5), 10);
        double p = prior.UpperTail(errors, requests) * Gaussian.UpperTail(Math.Log2(mean / typical) / 2);
        if (p > context.Baselines.AlertThreshold) return;
        double share = (double)errors / requests;
        double impact = Math.Clamp(0.1 * Math.Log2(mean / typical) + share * 0.3, 0, 0.8);
        sink.Raise(ref context, IncidentType.ResourceExhaustion, "answer_size", p, impact, context.Caller.EpisodeStart, requests,
            $"Asks for answers {Phrase.Count(mean / typical)} times larger than others do ({Phrase.Kibibytes(mean)} each), and {Phrase.Percent(share)} of {Phrase.Of(requests, "request")} end in server errors "
            + $"(all callers: {Phrase.Percent(context.Baselines.ErrorShare)}).",
            [
                new Driver("mean_response_kib", Math.Round(mean, 1), Math.Round(typical, 1), 0.5),
                new Driver("server_error_share", Math.Round(share, 4), Math.Round(context.Baselines.ErrorShare, 4), 0.5),
            ], route: 0);
    }
}
