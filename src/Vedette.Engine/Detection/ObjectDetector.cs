using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A caller that goes through objects one after the other: object enumeration (broken object-level authorization) and scraping.</summary>
/// <remarks>
/// The number of different objects per caller and route, against the distribution over all callers of that route. Ids in steps, refusals between, and
/// objects that belong to people point to enumeration; open content points to scraping. A program with credentials of its own, or under its own name on a route
/// that hardly anybody else uses, that is never refused is most likely an export somebody ordered: it is noted, with a low risk.
/// </remarks>
internal sealed class ObjectDetector : CallerDetector
{
    public const int MinObjects = 25;

    private const double HourMicros = 3600e6;

    /// <summary>Binary logarithm of the seconds that people spend on an object, pauses included: half of them twelve or more. Scripts that open a page with many parts are told by their peers.</summary>
    private const double LogSecondsEach = 3.6;
    private const double LogSecondsSpread = 1.5;

    /// <summary>Haste alone proves little.</summary>
    private const double MostHaste = 0.01;

    /// <summary>A manner that one in ten would show by chance is one.</summary>
    private const double Telling = 0.1;

    /// <summary>Before any data: half of the callers see three objects of a route or fewer. That differs more from route to route than callers do on one.</summary>
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 3, Spread: 1.5, MedianCallers: 20);

    /// <summary>Share of objects whose id follows the one before: people open neighbours in a list now and then.</summary>
    private static readonly BetaBinomial HonestSteps = BetaBinomial.WithMean(0.1, 5);

    /// <summary>Share of ids above the one before: chance, unless a list was sorted.</summary>
    private static readonly BetaBinomial HonestRises = BetaBinomial.WithMean(0.5, 8);

    public override Trigger Triggers => Trigger.NewItem;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerRoute onRoute = ref context.OnRoute;
        int items = onRoute.TakenOf(context.Route);
        if (items < MinObjects || items * 2 < onRoute.Examined * 3) return;
        onRoute.Examined = items;
        if (context.Route.Id == 0 || (context.Route.Traits & RouteTraits.Asset) != 0) return;
        if (People.ArePolite(context.Caller)) return;

        if (People.AreKnown(context.Caller)) return;
        bool isCollecting = DistributedCollectionDetector.HasCollected(context.Caller, onRoute, context.Route.Id);
        // Several people with browsers do not all take one item after the other without ever a picture: however many agents it shows, that is one program.
        int people = isCollecting && People.SkipsAssets(context.Caller, context.Baselines) ? 1 : People.Behind(context.Caller);
        // What is left open all day adds up: it counts by the hour.
        double perHead = (double)items / people / Math.Max(1, (context.Time - onRoute.FirstTime) / HourMicros);
        if (perHead < MinObjects) return;
        LogHistogram peers = context.Baselines.Route(context.Route.Id).ObjectsPerCaller;
        int missing = onRoute.Refused + onRoute.NotFound;
        double refused = (double)missing / onRoute.Requests;
        double steps = onRoute.Objects > 1 ? (double)onRoute.Steps / (onRoute.Objects - 1) : 0;
        double p = Prior.UpperTail(peers, perHead, ownWeight: 1) * OrderOf(context) * HasteOf(context, items, people) * People.ChanceOfSkipping(context.Caller, context.Baselines) * People.ChanceOfAgents(context.Caller);
        if (isCollecting) p *= context.Baselines.CollectorShare;
        if (refused > 0.2) p *= Math.Max(1e-6, context.Baselines.Missing.Current.UpperTail(missing, onRoute.Requests));
        if (p > context.Baselines.AlertThreshold) return;

        bool isPersonal = (context.Route.Traits & RouteTraits.Personal) != 0;
        // Missing pages happen to whoever collects; being refused happens to whoever asks for what is not his.
        bool isRefused = onRoute.Refused * 20 >= onRoute.Requests || onRoute.NotFound * 4 >= onRoute.Requests;
        // Ids that nobody can guess and that all exist were told by a list: what is behind them is taken, not tried out.
        bool isGuessable = onRoute.Rises + onRoute.Falls > 0;
        IncidentType type = isRefused || (isPersonal && isGuessable && onRoute.Objects >= MinObjects) ? IncidentType.ObjectEnumeration : IncidentType.DataScraping;
        bool isOrdered = People.AreOrdered(context.Caller, context.Baselines, context.Route.Id, missing, onRoute.Requests);
        double impact = isOrdered ? People.OrderedImpact : Math.Clamp(0.2 * Math.Log10(items / 10.0) + (onRoute.Granted > onRoute.Requests / 2 ? 0.2 : 0), 0, 1);
        double typical = Math.Max(Prior.Median, peers.Quantile(0.5));
        sink.Raise(ref context, type, "objects", isOrdered ? Math.Max(p, People.OrderedChance) : p, impact, onRoute.FirstTime, onRoute.Requests, Explain(context, type, items, steps, refused, typical, isOrdered),
        [
            new Driver("distinct_objects", items, Math.Round(typical, 1), 0.5),
            new Driver("id_step_share", Math.Round(steps, 4), 0.05, 0.25),
            new Driver("refused_share", Math.Round(refused, 4), 0.02, 0.25),
        ]);
    }

    /// <summary>How a caller takes items of a route, of which it has taken several.</summary>
    public static Manners MannersOf(in CallerRoute onRoute) =>
        Manners.Known | (ChanceOfOrder(onRoute) < Telling ? Manners.Ordered : 0) | (ChanceOfHaste(onRoute, onRoute.LastTime, onRoute.Items) < Telling ? Manners.Hasty : 0);

    /// <summary>How probable such an order of ids is: by chance, or because others take them in order as well. Who changes every other thing it looks at works through a list, and lists are sorted.</summary>
    private static double OrderOf(in CallerContext context) => context.Route.Method.IsSafe() && context.Episode[Counter.Writes] * 2 >= context.OnRoute.Items
        ? 1 : Math.Max(ChanceOfOrder(context.OnRoute), context.Baselines.Route(context.Route.Id).Manner.OrderedShare(context.OnRoute.Manners));

    /// <summary>How probable it is that ids come in such an order by chance: in small steps, or ever upward or downward.</summary>
    private static double ChanceOfOrder(in CallerRoute onRoute)
    {
        int pairs = onRoute.Rises + onRoute.Falls;
        if (pairs == 0) return 1;
        double sorted = 2 * HonestRises.UpperTail(Math.Max(onRoute.Rises, onRoute.Falls), pairs);
        return Math.Min(1, 2 * Math.Min(sorted, HonestSteps.UpperTail(Math.Min(onRoute.Steps, pairs), pairs)));
    }

    /// <summary>How probable it is that people go on as fast, or that pages do for them as they do for others; 1 for programs that do not claim to be people.</summary>
    private static double HasteOf(in CallerContext context, int items, int people)
    {
        if (People.IsIntegration(context.Caller) || context.Caller.Agent is UserAgentKind.Other or UserAgentKind.HttpLibrary) return 1;
        double byPeople = ChanceOfHaste(context.OnRoute, context.OnRoute.FirstTime + (context.Time - context.OnRoute.FirstTime) * people, items);
        return Math.Max(byPeople, context.Baselines.Route(context.Route.Id).Manner.HastyShare(context.OnRoute.Manners));
    }

    /// <summary>How probable it is that one person takes so many until <paramref name="time"/>.</summary>
    private static double ChanceOfHaste(in CallerRoute onRoute, long time, int items)
    {
        double seconds = Math.Max(0.001, (time - onRoute.FirstTime) * 1e-6 / (items - 1));
        return Math.Max(MostHaste, Gaussian.UpperTail((LogSecondsEach - Math.Log2(seconds)) / LogSecondsSpread));
    }

    private static string Explain(in CallerContext context, IncidentType type, int items, double steps, double refused, double typical, bool isOrdered)
    {
        ref readonly CallerRoute onRoute = ref context.OnRoute;
        string noun = onRoute.Objects >= MinObjects ? "object" : "variant";
        string walk = steps > 0.6 ? $", ids one after the other from {onRoute.LowestNumber} to {onRoute.HighestNumber}" : "";
        string refusals = refused > 0.005 ? $", {Phrase.Percent(refused)} refused or missing" : ", none refused";
        string ordered = isOrdered ? People.ExplainOrder(context.Caller) : "";
        return $"{(type == IncidentType.ObjectEnumeration ? "Goes through objects" : "Collects data")}: {Phrase.Of(items, noun)} of {context.Route.Template} within "
            + $"{Phrase.Span(context.Time - onRoute.FirstTime)} (typical caller: {Phrase.Count(typical)}){walk}{refusals}.{ordered}";
    }
}
