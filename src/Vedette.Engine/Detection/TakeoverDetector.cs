using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>An account entered from where it was not used before, or after failed attempts, and then changed: password, e-mail, second factor, money.</summary>
/// <remarks>
/// People forget passwords and then change them, and come with new telephones. So several things must come together: a known user comes from a new address with a new agent, or an
/// address never seen before begins with failed logins; what is changed gives control over the account; and the way there is not the one that people take. How unlikely so many failures are, each change, and each way is
/// learnt from the callers of the routes.
/// </remarks>
internal sealed class TakeoverDetector : CallerDetector
{
    /// <summary>Fewer than two failures are a slip: then the way to the change must be strange by itself.</summary>
    private const int MinFailures = 2;
    private const double TellingSurprise = 3;

    /// <summary>Fewer failures are a forgotten password: who came in after all does what he came for, and in a bank that is to move money. Changing who controls the account is another matter.</summary>
    private const int TellingFailures = 5;

    /// <summary>An address nothing is known about must do so at once and where it is seldom done: one who had forgotten a password may well set a new one.</summary>
    private const double TellingChange = 1e-2;

    /// <summary>Requests after the entry within which its changes follow: who has set a new password and goes on to use the service changes other things in time.</summary>
    private const int AtOnce = 4;

    /// <summary>Visits of an account that come from a new place with a new device; an account of several people has as many.</summary>
    private const double ComesWithNewDevice = 0.01;
    private const double AndAnother = 10;

    /// <summary>Of addresses that fail to log in, those never seen before that do hardly anything else before.</summary>
    private const double ComesToLogIn = 0.1;

    /// <summary>Of visits that change something, three in ten change it once more.</summary>
    private const double ChangesAgain = 0.3;

    /// <summary>Of those who come in and change something, one in ten does so without having looked at anything first. Believed where the ways to the change are little known.</summary>
    private const double Straight = 0.1;

    /// <summary>Nats of one way, however strange, that are believed.</summary>
    private const double MaxSurprise = 5;

    private const long WithinMicros = 2L * 3600 * 1_000_000;

    public override Trigger Triggers => Trigger.LoginSuccess | Trigger.SensitiveWrite | Trigger.NewDevice;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (caller.Kind is not (CallerKind.User or CallerKind.Address)) return;
        if ((context.Trigger & Trigger.NewDevice) != 0) caller.NewDevices++;
        if (IsEntry(context))
        {
            (caller.SuspiciousEntry, caller.EntryAddress, caller.EntryRequests) = (context.Time, context.Prepared.AddressKey, RequestsOf(caller));
            (caller.EntryRoute, caller.EntryFailures) = (context.Route.Id, caller.FailuresBeforeSuccess);
            (caller.SensitiveWrites, caller.ChangeChance, caller.ChangeSurprise) = (0, 1, 0);
        }
        bool changes = (context.Trigger & Trigger.SensitiveWrite) != 0 && !ComesIn(context);
        if (changes && caller.EntryAddress == context.Prepared.AddressKey) ObserveChange(ref context, sink);
    }

    private static void ObserveChange(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (caller.SuspiciousEntry == 0 || context.Time - caller.SuspiciousEntry > WithinMicros || context.IsRaised(IncidentType.AccountTakeover)) return;
        bool isFirstOfRoute = context.OnRoute.Granted == 1;
        int requests = RequestsOf(caller) - caller.EntryRequests;
        if (caller.SensitiveWrites == 0) caller.GoesStraight = requests <= 1;
        if (isFirstOfRoute) caller.SensitiveWrites++;
        caller.ChangeChance *= (float)Math.Max(Commonness(context), isFirstOfRoute ? 0 : ChangesAgain);
        if (caller.PreviousRoute != 0) caller.ChangeSurprise = (float)Math.Max(caller.ChangeSurprise, context.Baselines.Transitions.Excess(caller.PreviousRoute, context.Route.Id));
        bool isKnownAccount = IsKnownAccount(caller);
        int failures = caller.EntryFailures;
        bool takesControl = (context.Route.Traits & RouteTraits.Credentials) != 0 && (isKnownAccount || (caller.GoesStraight && requests <= AtOnce && caller.ChangeChance <= TellingChange));
        if (failures < TellingFailures && !takesControl) return;
        if (failures < MinFailures && (!isKnownAccount || caller.ChangeSurprise < TellingSurprise)) return;
        double p = ChanceOfFailures(context, failures) * ChanceOfEntry(caller, isKnownAccount) * caller.ChangeChance * ChanceOfWay(caller, isKnownAccount);
        if (p > context.Baselines.AlertThreshold) return;
        string came = failures > 0 ? $" after {Phrase.Of(failures, "failed attempt")}" : "";
        sink.Raise(ref context, IncidentType.AccountTakeover, "takeover", p, isKnownAccount ? 0.9 : 0.6, failures > 0 ? caller.FirstLoginFailure : caller.SuspiciousEntry, context.Episode[Counter.Requests],
            $"An account was entered{came}"
            + (caller.Kind == CallerKind.User ? " from an address and a device not seen with it before" : " by a caller never seen before")
            + $", and {Phrase.Span(context.Time - caller.SuspiciousEntry)} later changed at {context.Route.Template}" + (caller.SensitiveWrites > 1 ? $", one of {Phrase.Of(caller.SensitiveWrites, "such change")}" : "")
            + (isKnownAccount && caller.ChangeSurprise >= 1 ? ", not on the way that others take there." : "."),
            [
                new Driver("failures_before_success", failures, 0.2, 0.4),
                new Driver("sensitive_changes", caller.SensitiveWrites, 0.01, 0.4),
                new Driver("sequence_surprise_nats", Math.Round(caller.ChangeSurprise, 1), 0, 0.2),
            ]);
    }

    /// <summary>True if the caller comes in and looks foreign: an account that comes from a new place with a new device, or an address never seen before that failed to log in first.</summary>
    private static bool IsEntry(in CallerContext context)
    {
        ref readonly CallerState caller = ref context.Caller;
        ref readonly Counts episode = ref context.Episode;
        bool comesIn = ComesIn(context);
        if (caller.Kind == CallerKind.User)
            return (IsKnownAccount(caller) && (context.Trigger & Trigger.NewDevice) != 0) || (comesIn && caller.SuspiciousEntry != 0 && caller.EntryAddress == context.Prepared.AddressKey);
        int elsewhere = episode[Counter.Requests] - episode[Counter.LoginAttempts] - episode[Counter.LoginVisits] - episode[Counter.Assets];
        return comesIn && caller.FailuresBeforeSuccess > 0 && caller.EpisodeStart == caller.FirstSeen && elsewhere <= 1 && People.Behind(caller) <= 1;
    }

    /// <summary>A place where one gets a token may be named like a change: coming in is none. But who has come in already, at another place, makes one for somebody else.</summary>
    private static bool ComesIn(in CallerContext context)
    {
        if ((context.Trigger & Trigger.LoginSuccess) == 0) return false;
        bool isInside = context.Caller.SuspiciousEntry != 0 && context.Caller.EntryRoute != context.Route.Id && context.Caller.EntryAddress == context.Prepared.AddressKey;
        return !isInside || (context.Trigger & Trigger.SensitiveWrite) == 0;
    }

    private static double ChanceOfFailures(in CallerContext context, int failures) =>
        failures == 0 ? 1 : context.Baselines.Route(context.Caller.LoginRoute).LoginFailures.Current.UpperTail(failures, failures);

    private static double ChanceOfEntry(in CallerState caller, bool isKnownAccount) =>
        isKnownAccount ? Math.Min(1, ComesWithNewDevice * Math.Pow(AndAnother, Math.Max(0, caller.NewDevices - 2))) : ComesToLogIn;

    /// <summary>A way that surprises by so many nats more than usual is gone by about one in e to that power. Of who is known by the address alone, and has forgotten a password, it proves nothing: such visits are no usual ones.</summary>
    private static double ChanceOfWay(in CallerState caller, bool isKnownAccount) =>
        Math.Min(caller.GoesStraight ? Straight : 1, isKnownAccount ? Math.Exp(-Math.Clamp(caller.ChangeSurprise, 0, MaxSurprise)) : 1);

    private static int RequestsOf(in CallerState caller) => caller.Episode[Counter.Requests] - caller.Episode[Counter.Assets];

    /// <summary>Chance that an ordinary visit of about twenty requests comes here at all: in a bank everybody transfers money. Nothing is rare in the first minutes.</summary>
    private static double Commonness(in CallerContext context) =>
        Math.Clamp(20.0 * (context.Baselines.Route(context.Route.Id).Requests + 10) / (context.Baselines.Requests + 200), 0.02, 1);

    private static bool IsKnownAccount(in CallerState caller) => caller.Kind == CallerKind.User && caller.Total > 5 && caller.LastSeen - caller.FirstSeen > CallerState.EpisodeGapMicros;
}
