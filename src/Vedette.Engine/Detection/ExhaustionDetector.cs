using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller whose few requests cost the server far more than others' do: resource exhaustion.</summary>
/// <remarks>
/// By time where the log tells it: a large share of the server's time with requests several times slower than others'. Else by what is left of it:
/// answers many times larger than others', of which unusually many end in server errors.
/// </remarks>
internal sealed class ExhaustionDetector : CallerDetector
{
    private const int MinRequests = 10;
    private const int MinMinutes = 10;
    private const double MinBusySeconds = 30;
    private const double MinShare = 0.3;
    private const double MinSlowdown = 4;
    private const int MinErrors = 4;
    private const double MinSizeRatio = 8;

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts window = ref context.Window;
        int requests = window[Counter.Requests] - window[Counter.Assets];
        if (requests < MinRequests || context.Baselines.ActiveMinutes < MinMinutes || People.AreKnown(context.Caller) || (People.IsIntegration(context.Caller) && window[Counter.ServerErrors] * 20 < requests)) return;
        ObserveTime(ref context, sink, requests, window[Counter.DurationMillis] / 1000.0);
        ObserveSize(ref context, sink, requests, window[Counter.ResponseKibibytes], window[Counter.ServerErrors]);
    }

    private static void ObserveTime(ref CallerContext context, FindingSink sink, int requests, double seconds)
    {
        if (seconds < MinBusySeconds) return;
        double typical = Math.Max(0.001, context.Baselines.MeanSeconds);
        double mean = seconds / requests;
        double share = seconds / Math.Max(seconds, context.Baselines.ServerSecondsPerWindow);
        if (share < MinShare || mean < MinSlowdown * typical) return;
        // Log-normal times, log2 spread about 1.5 over routes: the mean of n of them scatters 1/√n as much, four at the most believed.
        double p = Gaussian.UpperTail(Math.Log2(mean / typical) / 1.5 * Math.Min(4, Math.Sqrt(requests)));
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
