using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller that tries what it can send, which the server keeps refusing as invalid: parameter fuzzing.</summary>
/// <remarks>
/// How many shapes of request were refused (names of parameters and kinds of values), against the distribution over callers, and the share of invalid requests
/// (Beta-binomial). A broken client repeats one shape, whatever the values are.
/// </remarks>
internal sealed class FuzzingDetector : CallerDetector
{
    private const int MinShapes = 10;

    /// <summary>Of those who send anything invalid half send one or two shapes.</summary>
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 1.5, Spread: 1.3);

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        int shapes = context.Caller.InvalidShapes.Count;
        if (shapes < MinShapes || People.AreKnown(context.Caller)) return;
        int requests = context.Episode[Counter.Requests];
        int invalid = context.Episode[Counter.Invalid];
        BetaBinomial share = context.Baselines.Invalid.Current;
        // A busy caller collects shapes in time: whoever is refused hardly more often than others tries nothing.
        if (invalid < 3 * share.Mean * requests) return;
        double p = share.UpperTail(invalid, requests) * Prior.UpperTail(context.Baselines.InvalidPerCaller, (double)shapes / People.Behind(context.Caller), ownWeight: 1);
        if (p > context.Baselines.AlertThreshold && !context.IsRaised(IncidentType.ParameterFuzzing)) return;
        int errors = context.Episode[Counter.ServerErrors];
        double impact = Math.Clamp(0.2 * Math.Log10(invalid / 5.0) + (errors > 3 ? 0.25 : 0), 0, 1);
        sink.Raise(ref context, IncidentType.ParameterFuzzing, "fuzzing", p, impact, context.Caller.EpisodeStart, requests,
            $"Tries what the API takes: {Phrase.Of(shapes, "shape")} of request refused as invalid, {Phrase.Percent((double)invalid / requests)} of {Phrase.Of(requests, "request")} (typical here: {Phrase.Percent(share.Mean)})"
            + (errors > 0 ? $", {Phrase.Of(errors, "server error")}: some value is not handled" : "") + ".",
            [
                new Driver("request_variants", shapes, Prior.Median, 0.6),
                new Driver("invalid_share", Math.Round((double)invalid / requests, 4), Math.Round(share.Mean, 4), 0.4),
            ]);
    }
}
