using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A program that claims to be a browser: requests as regular as a clock over many pages, or pages without ever a picture.</summary>
/// <remarks>
/// People pause, browsers fetch what pages need. Programs that say what they are, and consoles that poll the same few routes, are no matter of this detector.
/// </remarks>
internal sealed class BotDetector : CallerDetector
{
    private const int MinRequests = 80;
    private const int MinDeclaredRequests = 30;

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts episode = ref context.Episode;
        int requests = episode[Counter.Requests];
        bool isDeclared = context.Caller.Agent == UserAgentKind.Automation;
        if (!(context.Caller.Agent == UserAgentKind.Browser || isDeclared) || requests < (isDeclared ? MinDeclaredRequests : MinRequests)) return;
        if (People.Behind(context.Caller) > 1 || People.AreKnown(context.Caller)) return;
        int variety = episode[Counter.NewObjects] + episode[Counter.NewRoutes];
        if (variety < requests / 4 && !isDeclared) return;

        double variation = context.Caller.GapMean <= 0 ? 0 : Math.Sqrt(context.Caller.GapVariance) / context.Caller.GapMean;
        bool isClockwork = variation < 0.15;
        double assetShare = (double)episode[Counter.Assets] / requests;
        bool skipsAssets = assetShare < 0.01 && context.Baselines.BrowserAssetShare > 0.3;
        if (!isClockwork && !skipsAssets && !isDeclared) return;
        // Gaps of people are at least as scattered as those of a Poisson process; the sample variation of n such gaps is 1 ± 1/√n.
        double p = isClockwork ? Gaussian.UpperTail((1 - variation) * Math.Sqrt(Math.Min(requests, 400)) / 2) : 1;
        if (skipsAssets) p *= Math.Pow(1 - context.Baselines.BrowserAssetShare, Math.Min(12, requests / 10));
        // A name that only tools for driving browsers have is proof enough that no person is there.
        if (isDeclared) p = Math.Min(p, 0.01 * context.Baselines.AlertThreshold);
        if (p > context.Baselines.AlertThreshold) return;
        double impact = Math.Clamp(0.15 + 0.15 * Math.Log10(requests / 80.0) + (isClockwork && skipsAssets ? 0.2 : 0), 0, 0.8);
        sink.Raise(ref context, IncidentType.Bot, "automation", p, impact, context.Caller.EpisodeStart, requests,
            (isDeclared ? "By its user agent a browser run by a program:" : "Claims to be a browser and behaves like a program:") + $" {Phrase.Of(requests, "request")} over {Phrase.Of(variety, "different target")}"
            + (isClockwork ? $", as regular as a clock (gaps of {Phrase.Number(context.Caller.GapMean, "0.##")} s vary by {Phrase.Percent(variation)}; people vary by 100% or more)" : "")
            + (skipsAssets ? $", without the pictures and scripts that make up {Phrase.Percent(context.Baselines.BrowserAssetShare)} of browsers' requests here" : "") + ".",
            [
                new Driver("gap_variation", Math.Round(variation, 3), 1, isClockwork ? 0.6 : 0.1),
                new Driver("asset_share", Math.Round(assetShare, 3), Math.Round(context.Baselines.BrowserAssetShare, 3), skipsAssets ? 0.6 : 0.1),
            ], route: 0);
    }
}
