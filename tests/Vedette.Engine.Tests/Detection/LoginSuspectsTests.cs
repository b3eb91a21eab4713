using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Detection;

public sealed class LoginSuspectsTests
{
    private const long Minute = 60_000_000;
    private const long Now = 1_770_000_000_000_000;
    private const int Login = 3;

    private readonly CallerTable _callers = new(4096);
    private readonly LoginSuspects _suspects = new();
    private int _count;

    [Fact]
    public void CallersThatOnlyFailAreTooManyWhereOthersComeInAfterAll()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 10);
        for (int i = 0; i < 20; i++) Add(minutesAgo: 6, attempts: 4, failures: 4);
        for (int i = 0; i < 10; i++) Add(minutesAgo: 6, attempts: 2, failures: 1, elsewhere: 12);
        Search();
        Assert.Equal(20, _suspects.Members.Count);
        Assert.Equal(80, _suspects.Attempts);
        Assert.InRange(_suspects.Expected, 2, 5);
        Assert.InRange(_suspects.PValue, 0, 1e-3);
    }

    [Fact]
    public void WhereMostWhoFailGiveUpThatTellsNothing()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 70);
        for (int i = 0; i < 8; i++) Add(minutesAgo: 6, attempts: 2, failures: 2);
        for (int i = 0; i < 3; i++) Add(minutesAgo: 6, attempts: 2, failures: 1, elsewhere: 12);
        Search();
        Assert.InRange(_suspects.PValue, 0.1, 1);
    }

    [Fact]
    public void WhoAskedForANewPasswordAndWaitsForTheMailIsNoSuspect()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 10);
        for (int i = 0; i < 20; i++) Add(minutesAgo: 6, attempts: 2, failures: 2, elsewhere: 1, sent: 1);
        Search();
        Assert.Empty(_suspects.Members);
        Assert.Equal(1, _suspects.PValue);
    }

    [Fact]
    public void OnePageBesideMakesNoVisitor()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 10);
        for (int i = 0; i < 20; i++) Add(minutesAgo: 6, attempts: 2, failures: 2, elsewhere: 1);
        Search();
        Assert.Equal(20, _suspects.Members.Count);
    }

    [Fact]
    public void WhoseFirstFailureIsFreshIsAMemberButNoProof()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 10);
        for (int i = 0; i < 20; i++) Add(minutesAgo: 1, attempts: 2, failures: 2);
        Search();
        Assert.Equal(20, _suspects.Members.Count);
        Assert.Equal(0, _suspects.Settled);
        Assert.Equal(1, _suspects.PValue);
    }

    [Fact]
    public void AnAttackOfItsOwnIsLeftOut()
    {
        AddOrdinary(count: 100, minutesAgo: 90, givingUp: 10);
        for (int i = 0; i < 20; i++) Add(minutesAgo: 6, attempts: 4, failures: 4);
        Add(minutesAgo: 6, attempts: 500, failures: 500, raised: IncidentType.BruteForce.Bit());
        Search();
        Assert.Equal(20, _suspects.Members.Count);
        Assert.Equal((500, 500), (_suspects.SoloAttempts, _suspects.SoloFailures));
    }

    [Fact]
    public void MembersOfAnEarlierCampaignDoNotMakeGivingUpNormal()
    {
        AddOrdinary(count: 60, minutesAgo: 100, givingUp: 6);
        for (int i = 0; i < 50; i++) Add(minutesAgo: 40, attempts: 4, failures: 4);
        _suspects.Search(Tick(Now - 30 * Minute), Login, Now - 40 * Minute);
        _suspects.Blame();
        for (int i = 0; i < 20; i++) Add(minutesAgo: 6, attempts: 4, failures: 4);
        Search();
        Assert.Equal(20, _suspects.Members.Count);
        Assert.InRange(_suspects.PValue, 0, 1e-4);
    }

    [Fact]
    public void AccountsAreThoseTriedFromTheMembersAddresses()
    {
        for (int i = 0; i < 6; i++) Add(minutesAgo: 6, attempts: 10, failures: 10);
        ulong member = _callers[0].Key;
        Add(minutesAgo: 6, attempts: 5, failures: 5, kind: CallerKind.User, address: _callers[0].Address);
        Add(minutesAgo: 6, attempts: 5, failures: 5, kind: CallerKind.User, address: AddressOf(9999));
        Search();
        Assert.Contains(_suspects.Members, m => m.Member.Key == member);
        Assert.Equal(1, _suspects.Users);
    }

    private void AddOrdinary(int count, int minutesAgo, int givingUp)
    {
        for (int i = 0; i < count; i++) Add(minutesAgo, attempts: 2, failures: i < givingUp ? 2 : 1, elsewhere: i < givingUp ? 0 : 9);
    }

    private void Add(int minutesAgo, int attempts, int failures, int elsewhere = 0, int sent = 0, ulong raised = 0, CallerKind kind = CallerKind.Address, NetworkAddress? address = null)
    {
        NetworkAddress from = address ?? AddressOf(++_count);
        int slot = _callers.GetOrAdd(kind == CallerKind.Address ? CallerState.KeyOf(from) : Fingerprint.Combine((ulong)++_count, 7), out _);
        if (failures > 0) _callers.MarkFailedLogin(slot);
        ref CallerState caller = ref _callers[slot];
        caller.Kind = kind;
        caller.Address = from;
        caller.LoginRoute = Login;
        caller.EpisodeStart = caller.FirstSeen = caller.FirstLoginFailure = caller.LastLoginFailure = Now - minutesAgo * Minute;
        caller.Raised = raised;
        caller.Episode[Counter.LoginAttempts] = attempts;
        caller.Episode[Counter.LoginFailures] = failures;
        caller.Episode[Counter.Requests] = attempts + elsewhere;
        caller.Episode[Counter.Writes] = attempts + sent;
    }

    private static NetworkAddress AddressOf(int number) => NetworkAddress.FromIPv4(0x0A00_0000u + (uint)number);

    private void Search() => _suspects.Search(Tick(Now), Login, Now - 10 * Minute);

    private ServiceTick Tick(long time) => new() { Time = time, Sequence = 1, Baselines = new Baselines(new RouteTable(new RouteTableOptions())), Routes = [], Service = new RouteMinute(), Convictions = [], Callers = [_callers] };
}
