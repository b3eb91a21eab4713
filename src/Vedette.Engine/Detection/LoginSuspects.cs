using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>Who of those that failed at a login did nothing else, and whether they are more than those that always do.</summary>
/// <remarks>
/// Some people fail, give up and leave; how many of those who fail is known from the callers of the hours before. The test is the tail of the Beta-binomial with
/// that share. One search walks over every caller that ever failed, so it is made in alarm only.
/// </remarks>
internal sealed class LoginSuspects
{
    private const long BeforeMicros = 3L * 3600 * 1_000_000;

    /// <summary>So long after their first failure people have come in, asked for a new password or turned elsewhere.</summary>
    public const long SettledMicros = 3L * 60_000_000;

    /// <summary>Of people who fail at a login one in four leaves it at that; believed like twelve callers.</summary>
    private const double GivesUp = 0.25;
    private const double GivesUpWeight = 12;

    /// <summary>Services differ from hour to hour: the share is believed like that of so many callers.</summary>
    private const double ShareTrials = 10;

    /// <summary>A caller found alone that tries so many times as often as the middle one of the others is another attack at the same time.</summary>
    private const int SoloFactor = 10;
    private const int MaxBlamed = 1 << 14;
    private const ulong Alone = 1UL << (int)IncidentType.BruteForce | 1UL << (int)IncidentType.PasswordSpraying | 1UL << (int)IncidentType.CredentialStuffing;

    private readonly List<LoginSuspect> _members = [];
    private readonly HashSet<ulong> _memberKeys = [];
    private readonly List<ulong> _addressOfUser = [];

    /// <summary>Callers reported before: they tell nothing of those that mean well.</summary>
    private readonly HashSet<ulong> _blamed = [];

    /// <summary>The suspects, those with most failures first.</summary>
    public IReadOnlyList<LoginSuspect> Members => _members;

    /// <summary>Attempts of <see cref="Members"/>.</summary>
    public long Attempts { get; private set; }

    /// <summary>Accounts that were tried from their addresses, where the log names them.</summary>
    public int Users { get; private set; }

    /// <summary>Of <see cref="Members"/>, those whose first failure is <see cref="SettledMicros"/> past.</summary>
    public int Settled { get; private set; }

    /// <summary>Attempts of callers that are incidents of their own.</summary>
    public long SoloAttempts { get; private set; }

    public long SoloFailures { get; private set; }

    /// <summary>How many of those who failed would have left it at that, going by the hours before.</summary>
    public double Expected { get; private set; }

    /// <summary>Chance that so many honest callers would.</summary>
    public double PValue { get; private set; }

    /// <summary>Looks for those who failed at <paramref name="route"/> since <paramref name="since"/>, in microseconds of event time.</summary>
    public void Search(ServiceTick tick, int route, long since)
    {
        _members.Clear();
        _memberKeys.Clear();
        _addressOfUser.Clear();
        int failingBefore = 0, pureBefore = 0, failing = 0, pure = 0;
        // The sum rises with the first minute that stands out; a campaign may begin a little earlier.
        long from = since - 60_000_000;
        foreach (CallerTable table in tick.Callers)
        {
            for (int slot = table.NextFailedLogin(0); slot >= 0; slot = table.NextFailedLogin(slot + 1))
            {
                ref CallerState caller = ref table[slot];
                if (caller.LastLoginFailure < from - BeforeMicros || caller.LoginRoute != route || caller.LastLoginFailure < caller.EpisodeStart) continue;
                if (caller.Kind != CallerKind.Address)
                {
                    if (caller.LastLoginFailure >= from) _addressOfUser.Add(CallerState.KeyOf(caller.Address));
                    continue;
                }
                bool onlyFails = OnlyFails(caller);
                if (caller.LastLoginFailure < from)
                {
                    if ((caller.Raised & Alone) != 0 || _blamed.Contains(caller.Key)) continue;
                    failingBefore++;
                    if (onlyFails) pureBefore++;
                    continue;
                }
                if (onlyFails) _members.Add(new LoginSuspect(new Member(caller.Key, CallerContext.AddressName(caller)), caller.Episode[Counter.LoginAttempts], caller.Episode[Counter.LoginFailures], (caller.Raised & Alone) != 0));
                if (tick.Time - caller.FirstLoginFailure < SettledMicros) continue;
                failing++;
                if (onlyFails) pure++;
            }
        }
        _members.Sort(static (a, b) => a.Failures != b.Failures ? b.Failures.CompareTo(a.Failures) : a.Member.Key.CompareTo(b.Member.Key));
        int solo = TakeOutSolo();
        Settled = pure - solo;
        double share = (pureBefore + GivesUp * GivesUpWeight) / (failingBefore + GivesUpWeight);
        Expected = share * failing;
        PValue = BetaBinomial.WithMean(share, ShareTrials).UpperTail(pure - solo, failing - solo);
        foreach (LoginSuspect member in _members) _memberKeys.Add(member.Member.Key);
        Attempts = _members.Sum(static member => (long)member.Attempts);
        Users = _addressOfUser.Count(_memberKeys.Contains);
    }

    /// <summary>The members found last are reported.</summary>
    public void Blame()
    {
        if (_blamed.Count > MaxBlamed) _blamed.Clear();
        foreach (LoginSuspect member in _members) _blamed.Add(member.Member.Key);
    }

    private int TakeOutSolo()
    {
        SoloAttempts = SoloFailures = 0;
        if (_members.Count == 0) return 0;
        int usual = _members[_members.Count / 2].Attempts;
        int solo = 0;
        for (int i = 0; i < _members.Count; i++)
        {
            LoginSuspect member = _members[i];
            if (!member.IsFoundAlone || member.Attempts <= SoloFactor * usual) continue;
            solo++;
            SoloAttempts += member.Attempts;
            SoloFailures += member.Failures;
        }
        _members.RemoveAll(member => member.IsFoundAlone && member.Attempts > SoloFactor * usual);
        return solo;
    }

    /// <summary>Never or hardly ever succeeded, and asked for next to nothing else. One page beside is next to nothing; something sent is not: who asked for a new password waits for a mail.</summary>
    private static bool OnlyFails(in CallerState caller)
    {
        int attempts = caller.Episode[Counter.LoginAttempts];
        int elsewhere = caller.Episode[Counter.Requests] - attempts - caller.Episode[Counter.LoginVisits] - caller.Episode[Counter.Assets];
        int successes = attempts - caller.Episode[Counter.LoginFailures];
        bool onlyReads = caller.Episode[Counter.Writes] <= attempts;
        return successes * 10 <= attempts && elsewhere <= (onlyReads ? 1 : 0) + attempts / 4;
    }
}

/// <summary>An address that failed and did nothing else.</summary>
/// <param name="Member">Who.</param>
/// <param name="Attempts">Its attempts in this episode.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="IsFoundAlone">An incident of its own was raised about it.</param>
internal readonly record struct LoginSuspect(Member Member, int Attempts, int Failures, bool IsFoundAlone);
