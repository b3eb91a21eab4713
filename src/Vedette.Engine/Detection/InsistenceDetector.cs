using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A program that asks for one route far more often than callers of that route do: it waits for stock, seats or prices.</summary>
/// <remarks>
/// Requests per caller and route, against the distribution over all callers of the route: what is made to be polled is polled by others too. Two kinds are told. One claims to be
/// a browser or nothing at all, never fetches a picture, and asks for it at irregular times: a page left open keeps time, whatever else is done meanwhile. The other, whatever it is and however regular, keeps asking for one of
/// many objects that nobody else comes back to, but for a browser that asks for one thing by the clock: a page left open. Monitors, programs with credentials and programs under a name of their own are no matter of this detector.
/// </remarks>
internal sealed class InsistenceDetector : CallerDetector
{
    public const int MinRequests = 48;

    /// <summary>From here on it counts among those who insist: a while before it is judged, so that a crowd is known as one.</summary>
    public const int NotedRequests = 32;

    /// <summary>It is looked at again after so many requests.</summary>
    public const int Stride = 16;

    /// <summary>Watching an object without another sign takes more.</summary>
    private const int MinWatchingRequests = 128;

    /// <summary>Callers a route must have had before what they do says anything.</summary>
    private const double MinPeers = 100;

    /// <summary>More than these at about the same time are clients that went wrong after a release, or a page that many left open.</summary>
    private const double MostAtOnce = 8;

    /// <summary>Gaps of timers vary by less than this share of their mean; those of people by 100% and more.</summary>
    private const double TimerVariation = 0.5;

    /// <summary>Share of returns below which a route is not made to be asked again.</summary>
    private const double SeldomReturned = 0.2;

    /// <summary>Before any data: half of the callers ask for a route three times or less.</summary>
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 3, Spread: 1.5);

    public override Trigger Triggers => Trigger.Insistence;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly CallerState caller = ref context.Caller;
        ref readonly CallerRoute onRoute = ref context.OnRoute;
        int requests = onRoute.Requests;
        if (context.Route.Id == 0 || (context.Route.Traits & RouteTraits.Asset) != 0) return;
        // Who writes again and again is a client gone wrong, or takes part in a process.
        if (!context.Request.Method.IsSafe() || caller.Episode[Counter.Writes] * 2 > caller.Episode[Counter.Requests]) return;
        if (caller.Agent is not (UserAgentKind.Browser or UserAgentKind.Empty or UserAgentKind.HttpLibrary) || People.IsIntegration(caller)) return;
        // Once told it is told again when it has doubled.
        if (caller.Raised != 0 && !(context.IsRaised(IncidentType.Bot) && int.IsPow2(requests))) return;
        // Who would have to sign in first sees nothing of what it asks for: a program whose token ran out.
        if (onRoute.Unauthorized * 2 > requests) return;
        RouteBaseline route = context.Baselines.Route(context.Route.Id);
        if (route.RequestsPerCaller.Total < MinPeers || route.Insistent > MostAtOnce || People.Behind(caller) > 1 || People.AreKnown(caller)) return;
        double variation = onRoute.Gaps.Variation;
        bool skipsAssets = People.SkipsAssets(caller, context.Baselines);
        bool poses = (skipsAssets || caller.Agent == UserAgentKind.Empty) && variation >= TimerVariation && caller.Kind == CallerKind.Address;
        bool watches = (context.Route.Traits & RouteTraits.HasObject) != 0 && route.ReturnShareWithout(requests, requests - onRoute.Items) < SeldomReturned && requests >= MinWatchingRequests && caller.Episode[Counter.Authenticated] == 0
            && onRoute.Items * 8 < requests && !IsOpenPage(caller, onRoute, variation);
        if (!poses && !watches) return;
        double p = Prior.UpperTail(route.RequestsPerCaller, requests, ownWeight: 1);
        p *= People.ChanceOfSkipping(caller, context.Baselines);
        if (p > context.Baselines.AlertThreshold) return;
        double typical = Math.Max(1, route.RequestsPerCaller.Quantile(0.5));
        sink.Raise(ref context, IncidentType.Bot, "insistence", p, Math.Clamp(0.15 + 0.15 * Math.Log10(requests / 80.0), 0, 0.8), onRoute.FirstTime, requests,
            Explain(context, variation, skipsAssets, typical),
            [
                new Driver("requests_on_route", requests, Math.Round(typical, 1), 0.6),
                new Driver("distinct_items", onRoute.Items, Math.Round(typical, 1), 0.2),
                new Driver("gap_variation", Math.Round(variation, 3), 1, 0.1),
            ]);
    }

    /// <summary>A browser that asks for one thing by the clock: a page left open asks for its own news.</summary>
    private static bool IsOpenPage(in CallerState caller, in CallerRoute onRoute, double variation) => caller.Agent == UserAgentKind.Browser && onRoute.Items <= 1 && variation < TimerVariation;

    private static string Explain(in CallerContext context, double variation, bool skipsAssets, double typical)
    {
        ref readonly CallerRoute onRoute = ref context.OnRoute;
        string who = context.Caller.Agent switch
        {
            UserAgentKind.Browser => "Claims to be a browser and behaves like a program",
            UserAgentKind.Empty => "Does not say what it is and behaves like a program",
            _ => "A program without credentials",
        };
        string items = onRoute.Items * 8 < onRoute.Requests ? $", for {(onRoute.Items <= 1 ? "one thing" : $"{onRoute.Items} things")} again and again" : "";
        string pace = variation < TimerVariation ? $", every {Phrase.Number(onRoute.Gaps.Mean, "0.##")} s" : "";
        string assets = skipsAssets ? $", without the pictures and scripts that make up {Phrase.Percent(context.Baselines.AssetShare(context.Caller))} of browsers' requests here" : "";
        return $"{who}: {Phrase.Of(onRoute.Requests, "request")} of {context.Route.Template} within {Phrase.Span(context.Time - onRoute.FirstTime)} (typical caller: {Phrase.Count(typical)}){items}{pace}{assets}.";
    }
}
