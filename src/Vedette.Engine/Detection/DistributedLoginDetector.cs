using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>Credential stuffing, spraying and guessing spread over many addresses, of which none does much.</summary>
/// <remarks>
/// The aggregate first (M. Javed, V. Paxson, "Detecting stealthy, distributed SSH brute-forcing", CCS 2013): a cumulative sum of failures beyond what
/// the route's legitimate failure share explains. Then attribution: whether more of the failing callers only fail than of those who failed here before the sum
/// rose (<see cref="LoginSuspects"/>). A password-reset wave moves the sum as well, but its people go on to reset, succeed, and use the service.
/// </remarks>
internal sealed class DistributedLoginDetector : IServiceDetector
{
    private const int MinMembers = 5;
    private const int MinAttempts = 15;
    private const double AlarmExcess = 12;

    /// <summary>The sum never climbs beyond, so that it is back to nothing soon after the last failure, and the next campaign is another one.</summary>
    private const double MaxExcess = 5 * AlarmExcess;

    /// <summary>A wave of honest failures moves the sum as far as an attack does: those that only fail must be too many by themselves.</summary>
    private const double MaxShareChance = 0.01;
    private const long QuietMicros = 30L * 60 * 1_000_000;

    /// <summary>How long after the last excess callers are still looked at: whether somebody only fails shows later.</summary>
    private const long LingerMicros = LoginSuspects.SettledMicros + 2L * 60 * 1_000_000;

    private readonly Dictionary<int, LoginCampaign> _campaigns = [];
    private readonly LoginSuspects _suspects = new();

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            if (minute.LoginAttempts == 0) continue;
            double normal = Math.Min(0.6, tick.Baselines.Learn(route).LoginFailures.Current.Mean);
            if (!_campaigns.TryGetValue(route, out LoginCampaign? campaign)) _campaigns.Add(route, campaign = new LoginCampaign());
            campaign.Add(minute, normal, tick.Time);
            if (campaign.Excess >= AlarmExcess && tick.Time - campaign.LastExcess <= LingerMicros) Attribute(tick, route, campaign, normal, found);
        }
    }

    private void Attribute(ServiceTick tick, int route, LoginCampaign campaign, double normal, List<Finding> found)
    {
        _suspects.Search(tick, route, campaign.Since);
        IReadOnlyList<LoginSuspect> members = _suspects.Members;
        if (_suspects.Settled < MinMembers || _suspects.Attempts < MinAttempts || _suspects.PValue > MaxShareChance) return;
        // What those did who are incidents of their own is no part of it.
        int failures = (int)Math.Max(0, campaign.Failures - _suspects.SoloFailures);
        int attempts = (int)Math.Max(failures, campaign.Attempts - _suspects.SoloAttempts);
        double p = BetaBinomial.WithMean(normal, 20).UpperTail(failures, attempts) * _suspects.PValue;
        if (p > tick.Baselines.AlertThreshold) return;
        found.Add(Report(tick, route, campaign, normal, p, (double)failures / attempts));
        _suspects.Blame();
    }

    private Finding Report(ServiceTick tick, int route, LoginCampaign campaign, double normal, double p, double share)
    {
        Route target = tick.Baselines.Routes[route];
        IReadOnlyList<LoginSuspect> members = _suspects.Members;
        long attempts = _suspects.Attempts;
        int users = _suspects.Users;
        double perUser = users > 0 ? (double)attempts / users : 1;
        double perAddress = (double)attempts / members.Count;
        // Without names, a few addresses that try often guess at passwords; many that try little go through a list.
        bool guesses = users == 0 ? members.Count <= 10 && perAddress >= 8 : users <= 3 || perUser > 20;
        IncidentType type = guesses ? IncidentType.BruteForce : perUser >= 2.5 ? IncidentType.PasswordSpraying : IncidentType.CredentialStuffing;
        string accounts = users > 0 ? $" against {Phrase.Of(users, "account")}" : "";
        return new Finding
        {
            Type = type,
            Detector = "login_campaign",
            Sequence = tick.Sequence,
            Time = tick.Time,
            Since = campaign.Since,
            Until = campaign.LastExcess,
            Actor = Fingerprint.Combine(Fingerprint.Combine((ulong)route + 1, (ulong)IncidentType.CredentialStuffing), (ulong)campaign.Since),
            ActorKind = ActorKind.Distributed,
            ActorName = "addresses",
            Route = route,
            PValue = Math.Clamp(p, 1e-30, 1),
            Impact = Math.Clamp(0.35 + 0.15 * Math.Log10(members.Count / 5.0) + 0.1 * Math.Log10(attempts / 15.0), 0, 1),
            Events = attempts,
            Explanation = $"{members.Count} addresses together tried {Phrase.Of(attempts, "login")} at {target.Template}{accounts} within {Phrase.Span(tick.Time - campaign.Since)}, about "
                + $"{Phrase.Count(perAddress)} each: too few to notice alone. {Phrase.Percent(share)} of all logins failed in that time (normally {Phrase.Percent(normal)}), and these addresses did nothing else.",
            Drivers =
            [
                new Driver("auth_failure_rate", Math.Round(share, 4), Math.Round(normal, 4), 0.5),
                new Driver("login_only_sources", members.Count, Math.Round(_suspects.Expected), 0.35),
                new Driver("attempts_per_source", Math.Round(perAddress, 2), 1.2, 0.15),
            ],
            Members = [.. members.Take(Finding.MaxMembers).Select(static m => m.Member)],
        };
    }

    /// <summary>Failed logins of one route beyond what is normal, since the sum was last zero.</summary>
    private sealed class LoginCampaign
    {
        public double Excess { get; private set; }

        public long Since { get; private set; }

        public long LastExcess { get; private set; }

        public long Attempts { get; private set; }

        public long Failures { get; private set; }

        public void Add(RouteMinute minute, double normal, long time)
        {
            // Legitimate failures of a minute scatter with the square root of their number; so much is allowed for.
            double expected = normal * minute.LoginAttempts;
            double excess = minute.LoginFailures - expected - Math.Sqrt(expected + 1);
            if (time - LastExcess > QuietMicros) Excess = 0;
            if (Excess <= 0 && excess > 0) Since = time - 60_000_000;
            Excess = Math.Clamp(Excess + excess, 0, MaxExcess);
            Attempts = Excess > 0 ? Attempts + minute.LoginAttempts : 0;
            Failures = Excess > 0 ? Failures + minute.LoginFailures : 0;
            if (excess > 0) LastExcess = time;
        }
    }
}
