using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>An account entered after failed attempts, from where it was not used before, and then changed: password, e-mail, second factor, money.</summary>
/// <remarks>
/// People forget passwords and then change them; so the entry must look foreign as well: for a known user a new address and a new agent, for an
/// address that it was never seen before, began with failed logins and goes straight to what is worth changing. How unlikely so many failures are is learnt from
/// the route's callers; each different change counts by how few visits make it.
/// </remarks>
internal sealed class TakeoverDetector : CallerDetector
{
    private const int MinFailures = 2;

    /// <summary>Fewer failures are a forgotten password: who came in after all does what he came for, and in a bank that is to move money. Changing who controls the account is another matter.</summary>
    private const int TellingFailures = 5;

    /// <summary>An address nothing is known about must do so where it is seldom done: one who had forgotten a password may well set a new one.</summary>
    private const double TellingChange = 1e-2;

    /// <summary>Of visits that change something, three in ten change it once more.</summary>
    private const double ChangesAgain = 0.3;

    /// <summary>Of those who came in after failures and change something, one in ten does so without having looked at anything first.</summary>
    private const double Straight = 0.1;

    private const long WithinMicros = 2L * 3600 * 1_000_000;

    public override Trigger Triggers => Trigger.LoginSuccess | Trigger.SensitiveWrite;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (caller.Kind is not (CallerKind.User or CallerKind.Address)) return;
        if ((context.Trigger & Trigger.LoginSuccess) != 0)
        {
            if (caller.FailuresBeforeSuccess < MinFailures || !LooksForeign(context)) return;
            (caller.SuspiciousEntry, caller.SensitiveWrites, caller.ChangeChance, caller.EntryRequests) = (context.Time, 0, 1, RequestsOf(caller));
            return;
        }
        bool isFirstOfRoute = context.OnRoute.Granted == 1;
        if (caller.SuspiciousEntry == 0 || context.Time - caller.SuspiciousEntry > WithinMicros || context.IsRaised(IncidentType.AccountTakeover)) return;
        if (caller.SensitiveWrites == 0) caller.GoesStraight = RequestsOf(caller) - caller.EntryRequests == 1;
        if (isFirstOfRoute) caller.SensitiveWrites++;
        caller.ChangeChance *= (float)Math.Max(Commonness(context), isFirstOfRoute ? 0 : ChangesAgain);
        bool isKnownAccount = IsKnownAccount(caller);
        int failures = caller.FailuresBeforeSuccess;
        if (failures < MinFailures) return;
        bool takesControl = (context.Route.Traits & RouteTraits.Credentials) != 0 && (isKnownAccount || caller.ChangeChance <= TellingChange);
        if (failures < TellingFailures && !takesControl) return;
        double p = context.Baselines.Route(caller.LoginRoute).LoginFailures.Current.UpperTail(failures, failures) * (isKnownAccount ? 0.01 : 0.1) * caller.ChangeChance * (caller.GoesStraight ? Straight : 1);
        if (p > context.Baselines.AlertThreshold) return;
        sink.Raise(ref context, IncidentType.AccountTakeover, "takeover", p, isKnownAccount ? 0.9 : 0.6, caller.FirstLoginFailure, context.Episode[Counter.Requests],
            $"An account was entered after {Phrase.Of(failures, "failed attempt")}"
            + (caller.Kind == CallerKind.User ? " from an address and a device not seen with it before" : " by a caller never seen before")
            + $", and {Phrase.Span(context.Time - caller.SuspiciousEntry)} later changed at {context.Route.Template}" + (caller.SensitiveWrites > 1 ? $", one of {Phrase.Of(caller.SensitiveWrites, "such change")}" : "") + ".",
            [
                new Driver("failures_before_success", failures, 0.2, 0.5),
                new Driver("sensitive_changes", caller.SensitiveWrites, 0.01, 0.5),
            ]);
    }

    private static bool LooksForeign(in CallerContext context)
    {
        ref readonly CallerState caller = ref context.Caller;
        ref readonly Counts episode = ref context.Episode;
        if (caller.Kind == CallerKind.User) return episode[Counter.NewCounterparts] > 0 && episode[Counter.NewAgents] > 0 && IsKnownAccount(caller);
        int elsewhere = episode[Counter.Requests] - episode[Counter.LoginAttempts] - episode[Counter.LoginVisits] - episode[Counter.Assets];
        return caller.EpisodeStart == caller.FirstSeen && elsewhere <= 1 && People.Behind(caller) <= 1;
    }

    private static int RequestsOf(in CallerState caller) => caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets];

    /// <summary>Chance that an ordinary visit of about twenty requests comes here at all: in a bank everybody transfers money. Nothing is rare in the first minutes.</summary>
    private static double Commonness(in CallerContext context) =>
        Math.Clamp(20.0 * (context.Baselines.Route(context.Route.Id).Requests + 10) / (context.Baselines.Requests + 200), 0.02, 1);

    private static bool IsKnownAccount(in CallerState caller) => caller.Kind == CallerKind.User && caller.Total > 5 && caller.LastSeen - caller.FirstSeen > CallerState.EpisodeGapMicros;
}
