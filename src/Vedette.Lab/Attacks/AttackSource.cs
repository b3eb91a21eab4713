using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>One address of a campaign, at work from its first to its last request.</summary>
internal sealed class AttackSource : Actor
{
    private readonly Campaign _campaign;
    private readonly AttackScript _script;
    private readonly Route[] _cover;
    private readonly long _endMicros;
    private readonly double _regularity;
    private int _left;
    private bool _hasSignedIn;

    /// <param name="campaign">The campaign.</param>
    /// <param name="script">Its way of working.</param>
    /// <param name="visit">Who the source seems to be.</param>
    /// <param name="span">First and last possible time.</param>
    /// <param name="requests">Requests it sends, at least one.</param>
    /// <param name="world">Where.</param>
    public AttackSource(Campaign campaign, AttackScript script, Visit visit, (long Start, long End) span, int requests, World world)
    {
        (_campaign, _script, Visit, _left) = (campaign, script, visit, requests);
        NextMicros = span.Start;
        _endMicros = span.End;
        // 1 is a metronome, 0 a Poisson process; scripts of patient attackers add noise.
        _regularity = world.Random.Uniform(0, campaign.Intensity == Intensity.Easy ? 0.95 : 0.6);
        // Pages and what they ask for; style sheets and the like come once and then from the browser's own store.
        _cover = [.. world.Api.Flows[0].Steps.SelectMany(s => s.Also.Append(s.Main)).Where(r => !r.NeedsLogin && !r.Is(RouteRole.Login) && !(r.Is(RouteRole.Asset) && r.Object is null)).Distinct()];
    }

    public Visit Visit { get; }

    /// <summary>Number of attack requests this source has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Free for the script: where this source stands.</summary>
    public int State { get; set; }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        var random = world.Random;
        Route? route;
        if (_script.NeedsSignIn && !_hasSignedIn && _left > 1)
        {
            _hasSignedIn = request.IsCover = true;
            route = world.Api.Login;
            world.Write(ref request, route, Visit);
            Visit.IsSignedIn = true;
            Visit.User = world.Api.Habits.LogsUsers ? Visit.Client.UserName : null;
        }
        else if (_left > 1 && random.Chance(_campaign.CoverShare))
        {
            request.IsCover = true;
            route = random.Pick(_cover);
            world.Write(ref request, route, Visit);
        }
        else
        {
            route = _script.Write(this, ref request);
            // Nobody gets past a sign-in without one, whatever the payload.
            if (route is { NeedsLogin: true } && !Visit.IsSignedIn && request.Status is 0 or (>= 200 and < 300)) request.Status = 401;
            Sent++;
        }
        request.Truth = _campaign.Truth.Index;
        request.ClientKind = ClientKind.Attacker;
        var step = world.Complete(ref request, route) ? ActorStep.Sent : ActorStep.Silent;
        if (--_left == 0) return step | ActorStep.Done;
        Wait(random);
        return step;
    }

    public void Aim(string user) => _campaign.Truth.AddUser(user);

    // The remaining times are order statistics of uniform draws, mixed with an even spacing: the source always ends in time.
    private void Wait(RandomSource random)
    {
        double remaining = _endMicros - NextMicros;
        double even = remaining / (_left + 0.5);
        double drawn = remaining * (1 - Math.Pow(1 - random.Uniform(), 1.0 / _left));
        NextMicros += (long)(_regularity * even * random.Uniform(0.9, 1.1) + (1 - _regularity) * drawn);
    }
}
