using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Gets into one account from a new address and device, then changes what gives control over it and moves what is in it.</summary>
internal sealed class TakeoverScript : AttackScript
{
    private readonly string _victim;
    private readonly int _failures;
    private readonly Route[] _changes;
    private readonly Route[] _loot;

    public TakeoverScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        _victim = World.Population[Random.Skewed(World.Population.Count, 2)].UserName;
        _failures = intensity switch { Intensity.Easy => Random.Between(4, 9), Intensity.Medium => Random.Between(2, 5), _ => Random.Between(0, 2) };
        _changes = Api.With(RouteRole.AccountChange);
        _loot = [.. Api.With(RouteRole.Money), .. Api.With(RouteRole.List).Where(r => r.Method == "GET").Take(2)];
    }

    public override string Scenario => "takeover";

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        source.Aim(_victim);
        int turn = source.State++;
        Route route = turn <= _failures ? Api.Login : turn <= _failures + 2 ? Random.Pick(_changes) : Random.Pick(_loot);
        source.Visit.User = turn > _failures && Api.Habits.LogsUsers ? _victim : null;
        source.Visit.IsSignedIn = turn > _failures;
        if (turn <= _failures) WriteSignIn(ref request, source.Visit, _victim);
        else World.Write(ref request, route, source.Visit);
        request.Status = turn < _failures ? Api.Habits.LoginFailure : route.Success;
        return route;
    }
}
