using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A caller that goes through objects one after the other: object enumeration (broken object-level authorization) and scraping.</summary>
/// <remarks>
/// The number of different objects per caller and route, against the distribution over all callers of that route. Ids in steps, refusals between, and
/// objects that belong to people point to enumeration; open content points to scraping. A program with credentials of its own that is never refused is
/// most likely an export somebody ordered: it is noted, with a low risk.
/// </remarks>
internal sealed class ObjectDetector : CallerDetector
{
    public const int MinObjects = 25;
    private const int MinListKibibytes = 3;

    /// <summary>Weight of the prior, in callers.</summary>
    private const double PriorCallers = 50;

    /// <summary>Before any data: half of the callers see three objects of a route or fewer, log2 spread 1.5.</summary>
    private const double PriorMedian = 3;
    private const double PriorSpread = 1.5;

    /// <summary>Share of objects whose id follows the one before: people open neighbours in a list now and then.</summary>
    private static readonly BetaBinomial HonestSteps = BetaBinomial.WithMean(0.1, 5);

    public override Trigger Triggers => Trigger.NewItem;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerRoute onRoute = ref context.OnRoute;
        // Variants of a list count if they bring something: a console that polls for news brings next to nothing.
        bool isList = (context.Route.Traits & RouteTraits.HasObject) == 0 && onRoute.ResponseKibibytes >= MinListKibibytes * (long)onRoute.Requests;
        int items = onRoute.Objects + (isList ? onRoute.Queries : 0);
        if (items < MinObjects || items * 2 < onRoute.Examined * 3) return;
        onRoute.Examined = items;
        if (context.Route.Id == 0 || (context.Route.Traits & RouteTraits.Asset) != 0) return;
        if (People.ArePolite(context.Caller)) return;

        int people = People.Behind(context.Caller);
        if (People.AreKnown(context.Caller)) return;
        double perHead = (double)items / people;
        double p = PValue(context, perHead);
        double refused = (double)(onRoute.Refused + onRoute.NotFound) / onRoute.Requests;
        double steps = onRoute.Objects > 1 ? (double)onRoute.Steps / (onRoute.Objects - 1) : 0;
        if (refused > 0.2 && context.Baselines.BlindNotFound.Current.UpperTail(onRoute.Refused + onRoute.NotFound, onRoute.Requests) is var pRefused) p *= Math.Max(1e-6, pRefused);
        if (onRoute.Objects > 1) p *= HonestSteps.UpperTail(onRoute.Steps, onRoute.Objects - 1);
        if (p > context.Baselines.AlertThreshold) return;

        bool isPersonal = (context.Route.Traits & RouteTraits.Personal) != 0;
        // Missing pages happen to whoever collects; being refused happens to whoever asks for what is not his.
        bool isRefused = onRoute.Refused * 20 >= onRoute.Requests || onRoute.NotFound * 4 >= onRoute.Requests;
        IncidentType type = onRoute.Objects >= MinObjects && (isRefused || isPersonal) ? IncidentType.ObjectEnumeration : IncidentType.DataScraping;
        bool isOrdered = People.IsIntegration(context.Caller) && refused < 0.02;
        double impact = isOrdered ? -0.3 : Math.Clamp(0.2 * Math.Log10(items / 10.0) + (onRoute.Granted > onRoute.Requests / 2 ? 0.2 : 0), 0, 1);
        double typical = Math.Max(PriorMedian, context.Baselines.Route(context.Route.Id).ObjectsPerCaller.Quantile(0.5));
        sink.Raise(ref context, type, "objects", isOrdered ? Math.Max(p, 1e-3) : p, impact, onRoute.FirstTime, onRoute.Requests, Explain(context, type, items, steps, refused, typical, isOrdered),
        [
            new Driver("distinct_objects", items, Math.Round(typical, 1), 0.5),
            new Driver("id_step_share", Math.Round(steps, 4), 0.05, 0.25),
            new Driver("refused_share", Math.Round(refused, 4), 0.02, 0.25),
        ]);
    }

    private static double PValue(in CallerContext context, double items)
    {
        double prior = Gaussian.UpperTail(Math.Log2(items / PriorMedian) / PriorSpread);
        LogHistogram peers = context.Baselines.Route(context.Route.Id).ObjectsPerCaller;
        if (peers.Total <= 1) return prior;
        return (PriorCallers * prior + peers.Total * peers.TailProbability(items, priorExcess: 1, ownWeight: 1)) / (PriorCallers + peers.Total);
    }

    private static string Explain(in CallerContext context, IncidentType type, int items, double steps, double refused, double typical, bool isOrdered)
    {
        ref readonly CallerRoute onRoute = ref context.OnRoute;
        string noun = onRoute.Objects >= MinObjects ? "object" : "variant";
        string walk = steps > 0.6 ? $", ids one after the other from {onRoute.LowestNumber} to {onRoute.HighestNumber}" : "";
        string refusals = refused > 0.005 ? $", {Phrase.Percent(refused)} refused or missing" : ", none refused";
        string ordered = isOrdered ? " A program with credentials of its own: most likely an export that somebody ordered. Confirm once, then allow it." : "";
        return $"{(type == IncidentType.ObjectEnumeration ? "Goes through objects" : "Collects data")}: {Phrase.Of(items, noun)} of {context.Route.Template} within "
            + $"{Phrase.Span(context.Time - onRoute.FirstTime)} (typical caller: {Phrase.Count(typical)}){walk}{refusals}.{ordered}";
    }
}
