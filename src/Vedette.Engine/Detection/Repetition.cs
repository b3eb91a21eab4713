using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A browser that changes several kinds of things again and again, which others change once, and looks at hardly anything in between: the last steps of processes, without the ones before.</summary>
/// <remarks>
/// Requests per caller and route, against the distribution over all callers of the route, and the route's share of the caller's requests against its share of everybody's: who is busy all day does much of
/// everything, and who came for one thing does that alone. Of the two the likelier counts. The chances of the kinds of change are put together (R. A. Fisher, "Statistical Methods for Research Workers", 1925, § 21.1).
/// One kind alone is a client gone wrong, or what somebody came for; changes that mostly come by the way that others take are a process gone through many times.
/// </remarks>
internal static class Repetition
{
    /// <summary>Requests for one route from which on it is repeated, and after how many more it is looked at again.</summary>
    public const int Stride = 4;

    /// <summary>Whoever is tested here is tested by the order of its steps as well.</summary>
    private const double Tests = 2;

    /// <summary>Kinds of change that must be repeated.</summary>
    private const int MinKinds = 2;

    /// <summary>Callers a route must have had before what they do says anything; of changes to what an account is worth it is known that people make them once.</summary>
    private const double MinPeers = 20;

    /// <summary>More than these that ask again and again at about the same time are clients gone wrong after a release.</summary>
    private const double MostAtOnce = 8;

    /// <summary>One kind of change proves only so much, in nats, however often it is repeated.</summary>
    private const double MostEvidence = 9;

    /// <summary>From so many nats on, one in twenty by chance, repeated changes do not show what is usual.</summary>
    public const float TellingEvidence = 3;

    /// <summary>Callers differ a lot in what they come for.</summary>
    private const double ShareTrials = 3;

    /// <summary>Of routes that are hardly ever used it is not known how seldom they are.</summary>
    private const double LeastShare = 1e-4;

    private const double HourMicros = 3600e6;

    /// <summary>Before any data: half of the callers ask for a route three times or less.</summary>
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 3, Spread: 1.5);
    private static readonly AmountPrior OncePrior = new(Callers: 50, Median: 1.2, Spread: 1.2);

    /// <summary>True if at least two thirds of what the caller asks for, pictures, scripts and logins aside, change something.</summary>
    public static bool HardlyReads(in CallerState caller)
    {
        ref readonly Counts episode = ref caller.Episode;
        int asked = episode[Counter.Requests] - episode[Counter.Assets] - episode[Counter.LoginAttempts] - episode[Counter.LoginVisits];
        return (episode[Counter.Writes] - episode[Counter.LoginAttempts]) * 3 >= asked * 2;
    }

    /// <summary>Asked by <see cref="SequenceDetector"/>, at changes of route and when a change is repeated.</summary>
    public static void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (context.Request.Method.IsSafe() || context.Route.Id == 0 || (context.Route.Traits & RouteTraits.Login) != 0 || caller.Agent != UserAgentKind.Browser) return;
        if ((context.Trigger & Trigger.Transition) != 0 && caller.PreviousRoute != 0 && context.Baselines.Transitions.IsUsual(caller.PreviousRoute, context.Route.Id)) caller.UsualChanges++;
        if ((context.Trigger & Trigger.RepeatedChange) == 0) return;
        if (People.Behind(caller) > 1 || People.AreKnown(caller) || People.IsIntegration(caller)) return;
        Weigh(ref context);
        if (caller.RepeatedKinds < MinKinds || caller.UsualChanges * 3 > caller.Episode[Counter.Writes] || !HardlyReads(caller)) return;
        if ((caller.Raised & ~IncidentType.SequenceAnomaly.Bit()) != 0 || (caller.Raised != 0 && !int.IsPow2(context.OnRoute.Requests))) return;
        double p = Tests * ChanceOf(caller.RepetitionEvidence, caller.RepeatedKinds);
        if (p > context.Baselines.AlertThreshold) return;
        int changes = caller.Episode[Counter.Writes] - caller.Episode[Counter.LoginAttempts];
        double share = (double)changes / Math.Max(1, caller.Episode[Counter.Requests] - caller.Episode[Counter.LoginAttempts]);
        double typical = Math.Max(1, context.Baselines.Route(context.Route.Id).RequestsPerCaller.Quantile(0.5));
        sink.Raise(ref context, IncidentType.SequenceAnomaly, "repetition", p, 0.4, caller.EpisodeStart, caller.Episode[Counter.Requests],
            $"Changes {caller.RepeatedKinds} kinds of things again and again, and looks at hardly anything in between: {Phrase.Percent(share)} of its requests change something, not by the way that others take there, last "
            + $"{Phrase.Of(context.OnRoute.Requests, "request")} of {context.Route.Template} (typical caller: {Phrase.Count(typical)}).",
            [
                new Driver("repeated_changes", changes, Math.Round(typical, 1), 0.5),
                new Driver("kinds_of_change", caller.RepeatedKinds, 1, 0.3),
                new Driver("change_share", Math.Round(share, 4), 0.1, 0.2),
            ]);
    }

    /// <summary>Takes in how often the caller has now asked for the route.</summary>
    private static void Weigh(ref CallerContext context)
    {
        ref CallerState caller = ref context.Caller;
        ref CallerRoute onRoute = ref context.OnRoute;
        RouteBaseline route = context.Baselines.Route(context.Route.Id);
        bool isSensitive = (context.Route.Traits & RouteTraits.Sensitive) != 0;
        if ((route.RequestsPerCaller.Total < MinPeers && !isSensitive) || route.Insistent > MostAtOnce) return;
        // What is left open all day adds up: it counts by the hour.
        double hourly = onRoute.Requests / Math.Max(1, (context.Time - onRoute.FirstTime) / HourMicros);
        double share = Math.Clamp((double)route.Requests / Math.Max(1, context.Baselines.Requests), LeastShare, 0.9);
        double chance = Math.Max((isSensitive ? OncePrior : Prior).UpperTail(route.RequestsPerCaller, hourly, ownWeight: 1),
            BetaBinomial.WithMean(share, ShareTrials).UpperTail(onRoute.Requests, caller.Episode[Counter.Requests]));
        var evidence = (Half)Math.Min(MostEvidence, -Math.Log(chance));
        if (onRoute.RepetitionEvidence == Half.Zero && evidence > Half.Zero) caller.RepeatedKinds++;
        caller.RepetitionEvidence += (float)evidence - (float)onRoute.RepetitionEvidence;
        onRoute.RepetitionEvidence = evidence;
    }

    /// <summary>P(Gamma(kinds, 1) ≥ evidence): chance that so many independent chances come to a product as small.</summary>
    private static double ChanceOf(double evidence, int kinds)
    {
        double term = 1, sum = 1;
        for (int k = 1; k < kinds; k++) sum += term *= evidence / k;
        return Math.Min(1, sum * Math.Exp(-evidence));
    }
}
