using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>One caller that fails to log in far more often than callers do here: brute force, password spraying, credential stuffing.</summary>
/// <remarks>
/// Tail of the Beta-binomial learnt on this route's callers (see docs/behavior.md). A gateway with hundreds of people has many failures, but
/// few of a hundred attempts; only the share counts, never the number alone. That a caller does nothing but log in is a second, independent sign.
/// </remarks>
internal sealed class LoginDetector : CallerDetector
{
    private const int MinFailures = 10;

    /// <summary>Attempts of one person in an episode: hardly more than one as a rule, log2 spread 1.2.</summary>
    private const double TypicalAttempts = 1.2;
    private const double AttemptSpread = 1.2;

    /// <summary>Fewer than one honest caller in twenty does nothing but log in, many times.</summary>
    private const double OnlyLogsIn = 0.05;

    /// <summary>From this many users on, a caller is after accounts in general, not one.</summary>
    private const int ManyUsers = 5;

    public override Trigger Triggers => Trigger.LoginFailure | Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts episode = ref context.Episode;
        int failures = episode[Counter.LoginFailures];
        if (failures < MinFailures) return;
        bool isUpdate = HasRaised(context);
        if (isUpdate && context.Trigger == Trigger.LoginFailure) return;

        int attempts = episode[Counter.LoginAttempts];
        int route = context.Caller.LoginRoute;
        BetaBinomial prior = context.Baselines.Route(route).LoginFailures.Current;
        // The chance of so many attempts, times the chance that so many of them fail. Who guesses hardly ever gets in: as a rule each attempt that worked is another person's.
        double perHead = (double)attempts / Math.Max(People.Behind(context.Caller), attempts - failures);
        double p = Gaussian.UpperTail(Math.Log2(perHead / TypicalAttempts) / AttemptSpread) * prior.UpperTail(failures, attempts);
        double loginShare = (double)(attempts + episode[Counter.LoginVisits] + episode[Counter.Assets]) / episode[Counter.Requests];
        if (loginShare > 0.8) p *= OnlyLogsIn;
        if (p > context.Baselines.AlertThreshold && !isUpdate) return;

        bool isPrincipal = context.Caller.Kind != CallerKind.Address;
        int counterparts = isPrincipal ? episode[Counter.NewCounterparts] : episode[Counter.LoginUsers];
        if (isPrincipal && counterparts < 3) return;
        if (!isPrincipal && counterparts <= 1 && IsStaleCredential(context, attempts)) return;

        IncidentType type = isPrincipal ? IncidentType.BruteForce : Classify(context, attempts, counterparts);
        double share = (double)failures / attempts;
        int successes = attempts - failures;
        double impact = Math.Clamp(0.25 + 0.15 * Math.Log10(failures / 8.0) + (successes > 0 && share > 0.7 ? 0.4 : 0), 0, 1);
        sink.Raise(ref context, type, "login", p, impact, context.Caller.FirstLoginFailure, attempts, Explain(context, type, attempts, failures, counterparts),
        [
            new Driver("auth_failure_rate", Math.Round(share, 4), Math.Round(prior.Mean, 4), 0.6),
            new Driver("login_attempts", attempts, 2, 0.25),
            new Driver("login_only_share", Math.Round(loginShare, 4), 0.2, 0.15),
        ], route);
    }

    private static bool HasRaised(in CallerContext context) =>
        context.IsRaised(IncidentType.BruteForce) || context.IsRaised(IncidentType.PasswordSpraying) || context.IsRaised(IncidentType.CredentialStuffing);

    /// <summary>A device that retries one old password at a steady, slow pace is a nuisance, no attack.</summary>
    private static bool IsStaleCredential(in CallerContext context, int attempts)
    {
        ref readonly CallerState caller = ref context.Caller;
        return caller.Gaps.Variation < 0.2f && caller.Gaps.Mean >= 20 && attempts < 200;
    }

    /// <summary>Each account once or twice is a list of leaked pairs; each account again and again, round by round, is a list of common passwords.</summary>
    private static IncidentType Classify(in CallerContext context, int attempts, int users)
    {
        if (users < ManyUsers || attempts > 20 * users) return IncidentType.BruteForce;
        double perUser = (double)attempts / users;
        double perMinute = attempts / Math.Max(1, (context.Time - context.Caller.FirstLoginFailure) / 60e6);
        return perUser >= 1.5 || perMinute < 6 ? IncidentType.PasswordSpraying : IncidentType.CredentialStuffing;
    }

    private static string Explain(in CallerContext context, IncidentType type, int attempts, int failures, int counterparts)
    {
        string route = context.Baselines.Routes[context.Caller.LoginRoute].Template;
        double prior = context.Baselines.Route(context.Caller.LoginRoute).LoginFailures.Current.Mean;
        string span = Phrase.Span(context.Time - context.Caller.FirstLoginFailure);
        string what = $"{attempts} login attempts at {route} within {span}, {Phrase.Percent((double)failures / attempts)} failed (typical here: {Phrase.Percent(prior)})";
        string who = context.Caller.Kind != CallerKind.Address ? $", from {counterparts} addresses against this one account"
            : counterparts > 1 ? $", against {counterparts} different users"
            : counterparts == 0 ? "; the log does not tell for which users, so it may as well be many" : "";
        string success = (attempts - failures) switch
        {
            <= 0 => "",
            1 => ". 1 attempt worked: check this account",
            var worked => $". {worked} attempts worked: check these accounts",
        };
        string kind = type switch
        {
            IncidentType.CredentialStuffing => "Looks like a list of leaked user and password pairs being tried: ",
            IncidentType.PasswordSpraying => "Looks like a few common passwords being tried on many accounts: ",
            _ => "Looks like passwords being guessed: ",
        };
        return kind + what + who + success + ".";
    }
}
