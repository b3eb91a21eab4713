using System.Globalization;
using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>One visit through a flow: pages with what they fetch, sign-in with typos, expired tokens, stale links, forms sent back.</summary>
internal sealed class SessionActor : Actor
{
    private const int MaxSteps = 400;

    /// <summary>Share of visits that are one request: link previews, a cached page, a second thought.</summary>
    private const double BounceShare = 0.3;
    private static readonly string[] Origins = ["", "", "", "https://www.google.com/", "https://www.google.com/", "https://duckduckgo.com/", "https://www.bing.com/", "https://t.co/", "https://news.example.org/"];

    private readonly Queue<Pending> _pending = new();
    private readonly Visit _visit;
    private readonly Flow _flow;
    private readonly int _truth;
    private readonly double _persistence;
    private readonly bool _usesPreflight;
    private readonly bool _bounces;
    private int _step;
    private int _stepsTaken;
    private ulong _seenAssets;
    private bool _isSignedIn;
    private bool _hasLeft;
    private Pending? _retry;

    /// <param name="visit">Who comes.</param>
    /// <param name="startMicros">When.</param>
    /// <param name="truth">Label of all its requests, or -1.</param>
    /// <param name="world">Where.</param>
    /// <param name="entry">Step to begin with; by default mostly the first.</param>
    public SessionActor(Visit visit, long startMicros, int truth, World world, int? entry = null)
    {
        var random = world.Random;
        _visit = visit;
        _usesPreflight = world.Api.Habits.UsesPreflight;
        _truth = truth;
        _flow = world.Api.Flows.FirstOrDefault(f => f.Audience == visit.Client.Audience) ?? world.Api.Flows[0];
        _step = entry ?? (random.Chance(0.55) ? 0 : random.Next(Math.Min(_flow.Steps.Length, 5)));
        _bounces = random.Chance(BounceShare);
        // Most visits end where the flow says; a heavy tail of them goes on and on.
        _persistence = 1 - 1 / Math.Max(1, random.LogNormal(visit.Client.Kind == ClientKind.Heavy ? 2 : 1, 0.8));
        visit.Session = visit.Client.Audience == FlowAudience.Integration ? null : random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture);
        if (visit.Client.Audience == FlowAudience.Browser) visit.Referer = random.Pick(Origins);
        NextMicros = startMicros;
    }

    /// <summary>Counts the requests, if somebody steers by them.</summary>
    public VisitRate? Rate { get; init; }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        if (_pending.Count == 0 && _retry is null) PlanStep(world);
        var next = _retry ?? _pending.Dequeue();
        _retry = null;
        if (Rate is not null) Rate.Sent++;
        _visit.User = world.Api.Habits.LogsUser(next.IsSignedIn, next.Route) ? _visit.Client.UserName : null;
        world.Write(ref request, next.Route, _visit);
        request.Status = next.Status;
        if (next.IsPreflight)
        {
            request.Method = "OPTIONS";
            request.Status = 204;
            request.Body = null;
        }
        request.Truth = _truth;
        if (next.IsPage) _visit.Referer = $"https://{world.Api.Host}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}";
        var step = world.Complete(ref request, next.Route) ? ActorStep.Sent : ActorStep.Silent;
        if (request.Status >= 500 && next.Retries < 2 && world.Random.Chance(0.4))
        {
            // People reload and programs retry, which is what turns a slow service into a dead one.
            _retry = next with { Retries = next.Retries + 1 };
            NextMicros += Pause(world.Random, 2, 0.6);
        }
        else if (_pending.TryPeek(out var following)) NextMicros = Math.Max(NextMicros, following.AtMicros);
        else if (_hasLeft) step |= ActorStep.Done;
        else NextMicros += Pause(world.Random, _flow.Steps[_step].ThinkSeconds, 0.9);
        return step;
    }

    private void PlanStep(World world)
    {
        var random = world.Random;
        var step = _flow.Steps[_step];
        long at = NextMicros;
        if (step.NeedsLogin && !_isSignedIn && _visit.Client.ApiKey is null) at = PlanSignIn(world, at);
        if (_hasLeft) return;
        at = PlanMain(world, step, at);
        _hasLeft = _bounces;
        if (_hasLeft) return;
        foreach (var route in step.Also)
        {
            at += (long)random.LogNormal(90_000, 0.9);
            Add(at, route, AssetStatus(route, random));
        }
        MoveOn(random, step);
    }

    private long PlanSignIn(World world, long at)
    {
        var random = world.Random;
        var login = world.Api.Login;
        // An app keeps its token; it asks for a fresh one instead of the password.
        if (_visit.Client.Audience == FlowAudience.App && random.Chance(0.7))
        {
            Add(at, world.Api.First(RouteRole.Refresh), 0);
            _isSignedIn = true;
            return at + Pause(random, 0.2, 0.5);
        }
        for (int failures = 0; random.Chance(failures == 0 ? _visit.Client.TypoRate : 0.35); failures++)
        {
            Add(at, login, world.Api.Habits.LoginFailure);
            at += Pause(random, 9, 0.6);
            if (failures < 3) continue;
            Add(at, world.Api.First(RouteRole.PasswordReset), 0);
            _hasLeft = true;
            return at;
        }
        Add(at, login, 0);
        _isSignedIn = true;
        return at + Pause(random, 0.6, 0.5);
    }

    private long PlanMain(World world, FlowStep step, long at)
    {
        var random = world.Random;
        if (_isSignedIn && random.Chance(0.012))
        {
            Add(at, step.Main, 401);
            at += Pause(random, 0.15, 0.4);
            Add(at, world.Api.First(RouteRole.Refresh), 0);
            at += Pause(random, 0.15, 0.4);
        }
        if (step.Main.InvalidRate > 0 && random.Chance(step.Main.InvalidRate))
        {
            Add(at, step.Main, random.Chance(0.4) ? (short)400 : (short)422);
            at += Pause(random, 12, 0.7);
        }
        bool isStale = step.Main.Object is not null && random.Chance(0.02);
        Add(at, step.Main, isStale ? (short)404 : (short)0);
        return at;
    }

    private static short AssetStatus(Route route, RandomSource random)
    {
        if (!route.Is(RouteRole.Asset)) return 0;
        double u = random.Uniform();
        return u < 0.08 ? (short)304 : u < 0.086 && route.Object is not null ? (short)404 : (short)0;
    }

    private void MoveOn(RandomSource random, FlowStep step)
    {
        double u = random.Uniform();
        int next = Array.Find(step.Next, n => u < n.Cumulative).Step;
        if (next < 0 && random.Chance(_persistence)) next = 0;
        _hasLeft = next < 0 || ++_stepsTaken >= MaxSteps;
        if (!_hasLeft) _step = next;
    }

    private void Add(long at, Route route, short status)
    {
        if (route.Is(RouteRole.Asset) && route.Object is null)
        {
            // A browser fetches a style sheet once; pictures differ from page to page.
            ulong bit = 1UL << (route.Index & 63);
            if ((_seenAssets & bit) != 0) return;
            _seenAssets |= bit;
        }
        bool isBrowser = _visit.Client.Audience == FlowAudience.Browser;
        if (isBrowser && _usesPreflight && route.Method != "GET") _pending.Enqueue(new Pending(at, route, 0, false, false, IsPreflight: true));
        _pending.Enqueue(new Pending(at, route, status, _isSignedIn, isBrowser && route.Is(RouteRole.Page)));
    }

    private static long Pause(RandomSource random, double medianSeconds, double sigma) => (long)(random.LogNormal(medianSeconds, sigma) * 1e6);

    private readonly record struct Pending(long AtMicros, Route Route, short Status, bool IsSignedIn, bool IsPage, bool IsPreflight = false, int Retries = 0);
}
