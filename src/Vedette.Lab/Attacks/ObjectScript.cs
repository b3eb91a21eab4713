using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Asks for objects of other people by their ids: broken object-level authorization, or the attempt.</summary>
internal sealed class ObjectScript : AttackScript
{
    private readonly Route _route;
    private readonly ObjectKind _kind;
    private readonly bool _isSequential;
    private readonly bool _isVulnerable;
    private readonly int _stride;
    private long _next;

    public ObjectScript(World world, Intensity intensity)
        : base(world, intensity)
    {
        var owned = Api.With(RouteRole.Object).Where(r => r.Object is { IsOwned: true }).ToArray();
        // Only numbers can be counted up; other ids come from a list that leaked somewhere.
        var countable = owned.Where(r => r.Object!.Format == IdFormat.Number).ToArray();
        _isSequential = countable.Length > 0 && Random.Chance(intensity == Intensity.Hard ? 0.4 : 0.75);
        _route = Random.Pick(_isSequential ? countable : owned);
        _kind = _route.Object!;
        _isVulnerable = Random.Chance(0.5);
        _stride = intensity == Intensity.Easy ? 1 : Random.Between(1, 7);
        _next = Random.Next((int)Math.Min(_kind.Count, 1_000_000));
    }

    public override string Scenario => $"{(_isSequential ? "sequential" : "random")}_{(_isVulnerable ? "granted" : "refused")}";

    public override bool NeedsSignIn => true;

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        _next = _isSequential ? (_next + _stride) % _kind.Count : (long)(Random.NextUInt64() % (ulong)_kind.Count);
        source.Visit.Pin(_kind, _next);
        World.Write(ref request, _route, source.Visit);
        source.Visit.IsPinned = false;
        request.Status = Random.Chance(0.06) ? (short)404 : _isVulnerable ? (short)0 : Random.Chance(0.7) ? (short)403 : (short)404;
        return _route;
    }
}
