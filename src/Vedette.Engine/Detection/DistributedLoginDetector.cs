using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>Credential stuffing, spraying and guessing spread over many addresses, of which none does much.</summary>
/// <remarks>
/// The aggregate first (M. Javed, V. Paxson, "Detecting stealthy, distributed SSH brute-forcing", CCS 2013): a cumulative sum of failures beyond what
/// the route's legitimate failure share explains. Then attribution: callers that failed since, never succeeded, and did nothing else. A password-reset wave
/// moves the sum as well, but its people go on to reset, succeed, and use the service; unless most of the failing callers only fail, nothing is raised.
/// </remarks>
internal sealed class DistributedLoginDetector : IServiceDetector
{
    private const int MinMembers = 5;
    private const int MaxMembers = 1000;
    private const double MinPureShare = 0.6;
    private const long QuietMicros = 30L * 60 * 1_000_000;

    private readonly Dictionary<int, Campaign> _campaigns = [];

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (minute.LoginAttempts == 0) continue;
            RouteBaseline baseline = tick.Baselines.Learn(route);
            if (!_campaigns.TryGetValue(route, out Campaign? campaign)) _campaigns.Add(route, campaign = new Campaign());
            double normal = Math.Min(0.6, baseline.LoginFailures.Current.Mean);
            // Legitimate failures of a minute scatter with the square root of their number; twice that is allowed for.
            double expected = normal * minute.LoginAttempts;
            double excess = minute.LoginFailures - expected - 2 * Math.Sqrt(expected + 1);
            if (campaign.Excess <= 0 && excess > 0) campaign.Since = tick.Time - 60_000_000;
            campaign.Excess = Math.Max(0, campaign.Excess + excess);
            campaign.Attempts = campaign.Excess > 0 ? campaign.Attempts + minute.LoginAttempts : 0;
            campaign.Failures = campaign.Excess > 0 ? campaign.Failures + minute.LoginFailures : 0;
            if (excess > 0) campaign.LastExcess = tick.Time;
            if (campaign.Excess > 0 && tick.Time - campaign.LastExcess > QuietMicros) campaign.Excess = 0;
            if (excess > 0 && campaign.Excess >= 12) Attribute(tick, route, campaign, normal, found);
        }
    }

    private static void Attribute(ServiceTick tick, int route, Campaign campaign, double normal, List<Finding> found)
    {
        long since = campaign.Since - 60_000_000;
        int failing = 0, users = 0;
        long userAttempts = 0, attempts = 0;
        var members = new List<(int Failures, Member Member)>();
        foreach (CallerTable table in tick.Callers)
        {
            for (int slot = 0; slot < table.Count; slot++)
            {
                ref CallerState caller = ref table[slot];
                if (caller.LastLoginFailure < since || caller.LoginRoute != route) continue;
                if (caller.Kind != CallerKind.Address)
                {
                    users++;
                    userAttempts += caller.Episode[Counter.LoginAttempts];
                    continue;
                }
                failing++;
                if (!OnlyFails(caller, since)) continue;
                attempts += caller.Episode[Counter.LoginAttempts];
                members.Add((caller.Episode[Counter.LoginFailures], new Member(caller.Key, CallerContext.AddressName(caller))));
            }
        }
        if (members.Count < MinMembers || members.Count < MinPureShare * failing || attempts < 15) return;
        members.Sort(static (a, b) => a.Failures != b.Failures ? b.Failures.CompareTo(a.Failures) : a.Member.Key.CompareTo(b.Member.Key));
        BetaBinomial prior = BetaBinomial.WithMean(normal, 20);
        double p = prior.UpperTail((int)campaign.Failures, (int)campaign.Attempts) * Math.Pow(0.3, Math.Min(20, members.Count));
        if (p > tick.Baselines.AlertThreshold) return;
        found.Add(Report(tick, route, campaign, normal, p, members, users, userAttempts, attempts));
    }

    /// <summary>Failed since the campaign began, never succeeded, and asked for next to nothing else.</summary>
    private static bool OnlyFails(in CallerState caller, long since)
    {
        int attempts = caller.Episode[Counter.LoginAttempts];
        int elsewhere = caller.Episode[Counter.Requests] - attempts - caller.Episode[Counter.LoginVisits] - caller.Episode[Counter.Assets];
        int successes = attempts - caller.Episode[Counter.LoginFailures];
        return caller.EpisodeStart >= since - CallerState.EpisodeGapMicros && successes * 10 <= attempts && elsewhere <= 1 + attempts / 4;
    }

    private static Finding Report(ServiceTick tick, int route, Campaign campaign, double normal, double p, List<(int Failures, Member Member)> members, int users, long userAttempts, long attempts)
    {
        Route target = tick.Baselines.Routes.Routes[route];
        double perUser = users > 0 ? (double)userAttempts / users : 1;
        double share = (double)campaign.Failures / campaign.Attempts;
        double perAddress = (double)attempts / members.Count;
        // Without names, a few addresses that try often guess at passwords; many that try little go through a list.
        bool guesses = users == 0 ? members.Count <= 10 && perAddress >= 8 : users <= 3;
        IncidentType type = guesses ? IncidentType.BruteForce : perUser >= 2.5 ? IncidentType.PasswordSpraying : IncidentType.CredentialStuffing;
        string accounts = users > 0 ? $" against {Phrase.Of(users, "account")}" : "";
        return new Finding
        {
            Type = type,
            Detector = "login_campaign",
            Sequence = tick.Sequence,
            Time = tick.Time,
            Since = campaign.Since,
            Until = tick.Time,
            Actor = Fingerprint.Combine((ulong)route + 1, (ulong)IncidentType.CredentialStuffing),
            ActorKind = ActorKind.Distributed,
            ActorName = $"{members.Count} addresses",
            Route = route,
            PValue = Math.Clamp(p, 1e-30, 1),
            Impact = Math.Clamp(0.35 + 0.15 * Math.Log10(members.Count / 5.0) + 0.1 * Math.Log10(attempts / 15.0), 0, 1),
            Events = attempts,
            Explanation = $"{members.Count} addresses together tried {Phrase.Of(attempts, "login")} at {target.Template}{accounts} within {Phrase.Span(tick.Time - campaign.Since)}, about "
                + $"{Phrase.Count(perAddress)} each: too few to notice alone. {Phrase.Percent(share)} of all logins failed in that time (normally {Phrase.Percent(normal)}), and these addresses did nothing else.",
            Drivers =
            [
                new Driver("auth_failure_rate", Math.Round(share, 4), Math.Round(normal, 4), 0.5),
                new Driver("login_only_sources", members.Count, 0, 0.35),
                new Driver("attempts_per_source", Math.Round(perAddress, 2), 1.2, 0.15),
            ],
            Members = [.. members.Take(MaxMembers).Select(static m => m.Member)],
        };
    }

    private sealed class Campaign
    {
        public double Excess;
        public long Since;
        public long LastExcess;
        public long Attempts;
        public long Failures;
    }
}
