using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A program that claims to be a browser: requests as regular as a clock over many pages, or pages without ever a picture, be they many or the same few again and again.</summary>
/// <remarks>
/// People pause, browsers fetch what pages need. Programs that say what they are are no matter of this detector. Who comes back to the same few things is compared with
/// the callers of the same routes: what is made to be polled is polled by others, and by the same console before, as well.
/// </remarks>
internal sealed class BotDetector : CallerDetector
{
    private const int MinRequests = 80;
    private const int MinWatchingRequests = 40;
    private const int MinDeclaredRequests = 30;

    /// <summary>A page left open in a browser asks for one thing or two by itself, as regularly as a clock.</summary>
    private const int MinTargets = 4;

    /// <summary>Cached pages need no pictures either: who comes back must do so more often than one caller in a thousand would.</summary>
    private const double MaxReturnChance = 1e-3;

    /// <summary>Callers differ a lot in how often they come back.</summary>
    private const double ReturnTrials = 3;

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly CallerState caller = ref context.Caller;
        int requests = caller.Episode[Counter.Requests];
        if (caller.Agent is not (UserAgentKind.Browser or UserAgentKind.Automation or UserAgentKind.Empty) || requests < MinDeclaredRequests) return;
        if (People.Behind(caller) > 1 || People.AreKnown(caller)) return;
        Signs signs = ReadSigns(caller, context.Baselines);
        if (caller.Agent == UserAgentKind.Browser && signs.Variety < MinTargets) return;
        if (!AreSuspicious(signs, requests)) return;
        double p = Chance(caller, context.Baselines, signs);
        if (p > context.Baselines.AlertThreshold) return;
        double impact = Math.Clamp(0.15 + 0.15 * Math.Log10(requests / 80.0) + (signs.IsClockwork && signs.SkipsAssets ? 0.2 : 0), 0, 0.8);
        double assetShare = (double)caller.Episode[Counter.Assets] / requests;
        sink.Raise(ref context, IncidentType.Bot, "automation", p, impact, caller.EpisodeStart, requests, Explain(caller, context.Baselines, signs),
        [
            new Driver("gap_variation", Math.Round(signs.Variation, 3), 1, signs.IsClockwork ? 0.6 : 0.1),
            new Driver("asset_share", Math.Round(assetShare, 3), Math.Round(context.Baselines.AssetShare(caller), 3), signs.SkipsAssets ? 0.6 : 0.1),
        ], route: 0);
    }

    private static Signs ReadSigns(in CallerState caller, Baselines baselines)
    {
        int requests = caller.Episode[Counter.Requests];
        int variety = caller.Episode[Counter.NewObjects] + caller.Episode[Counter.NewRoutes];
        double variation = caller.Gaps.Variation;
        return new Signs
        {
            Variety = variety,
            Variation = variation,
            IsDeclared = caller.Agent == UserAgentKind.Automation,
            HasNoName = caller.Agent == UserAgentKind.Empty,
            Watches = variety < requests / 4,
            // A page left open asks for the same again by itself, and a player for one piece after the other, whatever else is done meanwhile: that clock is the page's.
            IsClockwork = variation < 0.15 && caller.Episode[Counter.Repeats] * 4 <= requests && caller.Episode[Counter.Assets] * 2 <= requests,
            // Only browsers are expected to fetch any.
            SkipsAssets = People.SkipsAssets(caller, baselines),
        };
    }

    private static bool AreSuspicious(in Signs signs, int requests)
    {
        if (signs.IsDeclared) return true;
        if (signs.Watches) return requests >= MinWatchingRequests && (signs.SkipsAssets || signs.HasNoName);
        return requests >= MinRequests && !signs.HasNoName && (signs.IsClockwork || signs.SkipsAssets);
    }

    private static double Chance(in CallerState caller, Baselines baselines, in Signs signs)
    {
        int requests = caller.Episode[Counter.Requests];
        // Gaps of people are at least as scattered as those of a Poisson process; the sample variation of n such gaps is 1 ± 1/√n.
        double p = signs.IsClockwork ? Gaussian.UpperTail((1 - signs.Variation) * Math.Sqrt(Math.Min(requests, 400)) / 2) : 1;
        p *= People.ChanceOfSkipping(caller, baselines);
        // A name that only tools for driving browsers have is proof enough that no person is there.
        if (signs.IsDeclared) return Math.Min(p, 0.01 * baselines.AlertThreshold);
        if (!signs.Watches) return p;
        double returns = ChanceOfReturns(caller);
        return returns <= MaxReturnChance ? p * returns : 1;
    }

    /// <summary>Chance that a caller of these routes comes back to the same so often.</summary>
    private static double ChanceOfReturns(in CallerState caller)
    {
        int requests = caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets];
        double share = Math.Clamp(caller.ExpectedReturns / Math.Max(1, requests), 0.01, 0.99);
        return BetaBinomial.WithMean(share, ReturnTrials).UpperTail(Math.Min(caller.Returns, requests), requests);
    }

    private static string Explain(in CallerState caller, Baselines baselines, in Signs signs)
    {
        int requests = caller.Episode[Counter.Requests];
        string who = signs.IsDeclared ? "By its user agent a browser run by a program" : signs.HasNoName ? "Does not say what it is and behaves like a program" : "Claims to be a browser and behaves like a program";
        string clock = signs.IsClockwork ? $", as regular as a clock (gaps of {Phrase.Number(caller.Gaps.Mean, "0.##")} s vary by {Phrase.Percent(signs.Variation)}; people vary by 100% or more)" : "";
        string returns = signs.Watches && !signs.IsDeclared
            ? $", {Phrase.Percent((double)caller.Returns / requests)} of them for what it had asked for before ({Phrase.Percent(caller.ExpectedReturns / requests)} among callers of the same routes)" : "";
        string assets = signs.SkipsAssets ? $", without the pictures and scripts that make up {Phrase.Percent(baselines.AssetShare(caller))} of browsers' requests here" : "";
        return $"{who}: {Phrase.Of(requests, "request")} over {Phrase.Of(signs.Variety, "different target")}{clock}{returns}{assets}.";
    }

    private readonly record struct Signs
    {
        public required int Variety { get; init; }

        /// <summary>Standard deviation of the gaps as a share of their mean.</summary>
        public required double Variation { get; init; }

        public required bool IsDeclared { get; init; }

        /// <summary>Keeps to a few targets.</summary>
        public required bool Watches { get; init; }

        public required bool IsClockwork { get; init; }

        public required bool SkipsAssets { get; init; }

        public required bool HasNoName { get; init; }
    }
}
