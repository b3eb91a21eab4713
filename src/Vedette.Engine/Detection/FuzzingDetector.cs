using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller that feeds one route ever new values, which the server keeps refusing as invalid: parameter fuzzing.</summary>
internal sealed class FuzzingDetector : CallerDetector
{
    private const int MinInvalid = 15;

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        int invalid = context.Episode[Counter.Invalid];
        if (invalid < MinInvalid) return;
        bool isRaised = context.IsRaised(IncidentType.ParameterFuzzing);
        if (People.AreKnown(context.Caller)) return;
        int requests = context.Episode[Counter.Requests];
        int variants = context.Episode[Counter.NewQueries] + context.Episode[Counter.NewObjects] + context.Episode[Counter.Writes];
        if (variants < MinInvalid || variants * 3 < requests) return;
        BetaBinomial prior = context.Baselines.Invalid.Current;
        double p = prior.UpperTail(invalid, requests);
        if (p > context.Baselines.AlertThreshold && !isRaised) return;
        double share = (double)invalid / requests;
        double impact = Math.Clamp(0.2 * Math.Log10(invalid / 5.0) + (context.Episode[Counter.ServerErrors] > 3 ? 0.25 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.ParameterFuzzing, "fuzzing", p, impact, context.Caller.EpisodeStart, requests,
            $"Feeds the API ever new values: {Phrase.Of(variants, "variant")} in {Phrase.Of(requests, "request")}, {Phrase.Percent(share)} refused as invalid (typical here: {Phrase.Percent(prior.Mean)})"
            + (context.Episode[Counter.ServerErrors] > 0 ? $", {Phrase.Of(context.Episode[Counter.ServerErrors], "server error")}: some value is not handled" : "") + ".",
            [
                new Driver("invalid_share", Math.Round(share, 4), Math.Round(prior.Mean, 4), 0.7),
                new Driver("request_variants", variants, 5, 0.3),
            ]);
    }
}
