using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>An account entered from a new place after failed attempts, and then changed: password, e-mail, second factor, money.</summary>
internal sealed class TakeoverDetector : ICallerDetector
{
    private const int MinFailures = 3;
    private const long WithinMicros = 2L * 3600 * 1_000_000;

    public Trigger Triggers => Trigger.LoginSuccess | Trigger.SensitiveWrite;

    public void Observe(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        if (caller.Kind != CallerKind.User) return;
        bool isKnownAccount = caller.Total > 5 && context.Time - caller.FirstSeen > CallerState.EpisodeGapMicros;
        if ((context.Trigger & Trigger.LoginSuccess) != 0)
        {
            bool isNewPlace = context.Episode[Counter.NewCounterparts] > 0 && context.Episode[Counter.NewAgents] > 0;
            caller.SuspiciousEntry = caller.FailuresBeforeSuccess >= MinFailures && isNewPlace ? context.Time : 0;
            return;
        }
        if (caller.SuspiciousEntry == 0 || context.Time - caller.SuspiciousEntry > WithinMicros || context.IsRaised(IncidentType.AccountTakeover)) return;
        double p = Math.Pow(0.15, Math.Min(6, caller.FailuresBeforeSuccess)) * (isKnownAccount ? 0.01 : 0.1) * 0.05;
        if (p > context.Baselines.AlertThreshold) return;
        sink.Raise(ref context, IncidentType.AccountTakeover, "takeover", p, isKnownAccount ? 0.9 : 0.6, caller.FirstLoginFailure, context.Episode[Counter.Requests],
            $"The account was entered after {Phrase.Of(caller.FailuresBeforeSuccess, "failed attempt")} from an address and a device not seen with it before, and "
            + $"{Phrase.Span(context.Time - caller.SuspiciousEntry)} later changed at {context.Route.Template}.",
            [
                new Driver("failures_before_success", caller.FailuresBeforeSuccess, 0.2, 0.4),
                new Driver("new_address_and_agent", 1, 0.02, 0.3),
                new Driver("sensitive_change", 1, 0.01, 0.3),
            ]);
    }
}
