using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>A declared crawler: robots.txt and sitemap first, then pages one by one with pauses, some of them long gone.</summary>
internal sealed class CrawlerActor : Actor
{
    private readonly Visit _visit;
    private readonly Route[] _pages;
    private readonly double _meanGapSeconds;
    private readonly int _truth;
    private int _sent;
    private int _untilPause;

    public CrawlerActor(Visit visit, Route[] pages, double meanGapSeconds, long startMicros, int truth)
    {
        (_visit, _pages, _meanGapSeconds, _truth) = (visit, pages, meanGapSeconds, truth);
        NextMicros = startMicros;
    }

    public override ActorStep Act(World world, ref TrafficEvent request)
    {
        var random = world.Random;
        Route? route = null;
        request.Status = 200;
        if (_sent % 2000 < 2)
        {
            world.Sign(ref request, _visit);
            request.Path = _sent % 2000 == 0 ? "/robots.txt" : "/sitemap.xml";
        }
        else
        {
            route = random.Pick(_pages);
            world.Write(ref request, route, _visit);
            request.Status = random.Chance(0.03) ? (short)404 : random.Chance(0.15) ? (short)304 : random.Chance(0.01) ? (short)301 : (short)0;
        }
        _sent++;
        request.Truth = _truth;
        var step = world.Complete(ref request, route) ? ActorStep.Sent : ActorStep.Silent;
        NextMicros += 200_000 + (long)(random.Exponential(Gap(random)) * 1e6);
        return step;
    }

    // Crawlers work in bouts of some dozen pages; the pauses between take as long as the bouts.
    private double Gap(RandomSource random)
    {
        if (--_untilPause > 0) return _meanGapSeconds * 0.5;
        _untilPause = random.Between(20, 120);
        return _meanGapSeconds * _untilPause * 0.5;
    }
}
