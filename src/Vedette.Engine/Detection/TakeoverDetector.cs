using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>An account entered after failed attempts, from where it was not used before, and then changed: password, e-mail, second factor, money.</summary>
/// <remarks>
/// People forget passwords and then change them; so the entry must look foreign as well: for a known user a new address and a new agent, for an
/// address that it began with failed logins and goes straight to what is worth changing. Failed attempts multiply the doubt, up to six.
/// </remarks>
internal sealed class TakeoverDetector : CallerDetector
{
    private const int MinFailures = 3;

    /// <summary>For an address nothing but the attempts themselves looks foreign.</summary>
    private const int MinAddressFailures = 5;
    private const long WithinMicros = 2L * 3600 * 1_000_000;

    /// <summary>One login in seven fails, whoever it is.</summary>
    private const double Failure = 0.15;

    public override Trigger Triggers => Trigger.LoginSuccess | Trigger.SensitiveWrite;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (caller.Kind is not (CallerKind.User or CallerKind.Address)) return;
        if ((context.Trigger & Trigger.LoginSuccess) != 0)
        {
            if (caller.FailuresBeforeSuccess >= MinFailures && LooksForeign(context)) caller.SuspiciousEntry = context.Time;
            return;
        }
        if (caller.SuspiciousEntry == 0 || context.Time - caller.SuspiciousEntry > WithinMicros || context.IsRaised(IncidentType.AccountTakeover)) return;
        caller.SensitiveWrites++;
        bool isKnownAccount = IsKnownAccount(caller);
        double p = Math.Pow(Failure, Math.Min(6, caller.FailuresBeforeSuccess)) * (isKnownAccount ? 0.01 : 0.1) * Math.Pow(Commonness(context), Math.Min(3, caller.SensitiveWrites));
        if (p > context.Baselines.AlertThreshold) return;
        sink.Raise(ref context, IncidentType.AccountTakeover, "takeover", p, isKnownAccount ? 0.9 : 0.6, caller.FirstLoginFailure, context.Episode[Counter.Requests],
            $"An account was entered after {Phrase.Of(caller.FailuresBeforeSuccess, "failed attempt")}"
            + (caller.Kind == CallerKind.User ? " from an address and a device not seen with it before" : " by a caller that had done nothing else before")
            + $", and {Phrase.Span(context.Time - caller.SuspiciousEntry)} later changed at {context.Route.Template}.",
            [
                new Driver("failures_before_success", caller.FailuresBeforeSuccess, 0.2, 0.5),
                new Driver("sensitive_changes", caller.SensitiveWrites, 0.01, 0.5),
            ]);
    }

    private static bool LooksForeign(in CallerContext context)
    {
        ref readonly Counts episode = ref context.Episode;
        if (context.Caller.Kind == CallerKind.User) return episode[Counter.NewCounterparts] > 0 && episode[Counter.NewAgents] > 0 && IsKnownAccount(context.Caller);
        if (context.Caller.FailuresBeforeSuccess < MinAddressFailures) return false;
        int elsewhere = episode[Counter.Requests] - episode[Counter.LoginAttempts] - episode[Counter.LoginVisits] - episode[Counter.Assets];
        return elsewhere <= 1 && People.Behind(context.Caller) <= 1 && context.Caller.Agent is not UserAgentKind.DeclaredCrawler;
    }

    /// <summary>Chance that an ordinary visit comes here at all: in a bank everybody transfers money.</summary>
    private static double Commonness(in CallerContext context) =>
        Math.Clamp(20.0 * context.Baselines.Route(context.Route.Id).Requests / Math.Max(1, context.Baselines.Requests), 0.02, 1);

    private static bool IsKnownAccount(in CallerState caller) => caller.Kind == CallerKind.User && caller.Total > 5 && caller.LastSeen - caller.FirstSeen > CallerState.EpisodeGapMicros;
}
