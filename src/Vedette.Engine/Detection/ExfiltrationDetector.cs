using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>A caller that is sent far more data than callers are here.</summary>
/// <remarks>Bytes of an episode per head and hour against all callers' episodes. Programs with credentials of their own are left alone: moving data is what they are for. One under its own name on a
/// route that hardly anybody else uses is noted, with a low risk.</remarks>
internal sealed class ExfiltrationDetector : CallerDetector
{
    private const int MinKibibytes = 20 * 1024;
    private const int MinRequests = 10;
    private const double HourMicros = 3600e6;
    private static readonly AmountPrior Prior = new(Callers: 100, Median: 200, Spread: 2.2);

    public override Trigger Triggers => Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        ref readonly Counts episode = ref context.Episode;
        int kibibytes = episode[Counter.ResponseKibibytes];
        // What is left open all day adds up: it counts by the hour.
        double hours = Math.Max(1, (context.Caller.LastSeen - context.Caller.EpisodeStart) / HourMicros);
        if (kibibytes < MinKibibytes * hours || People.ArePolite(context.Caller)) return;
        int people = People.Behind(context.Caller);
        if (People.AreKnown(context.Caller) || People.IsIntegration(context.Caller)) return;
        // A few large files are downloads; data is taken request by request.
        if (episode[Counter.Requests] < MinRequests) return;
        double perHead = kibibytes / hours / people;
        LogHistogram peers = context.Baselines.EpisodeKibibytes;
        double p = Prior.UpperTail(peers, perHead, ownWeight: 1, excess: 1.5);
        if (p > context.Baselines.AlertThreshold) return;
        double typical = Math.Max(1, peers.Total > 20 ? peers.Quantile(0.5) : Prior.Median);
        double top = Math.Max(typical, peers.Quantile(0.99));
        if (perHead < 4 * top && peers.Total > 100) return;
        bool isOrdered = People.AreOrdered(context.Caller, context.Baselines, context.Caller.MainRoute, episode[Counter.Refused] + episode[Counter.NotFound], episode[Counter.Requests]);
        double impact = isOrdered ? People.OrderedImpact : Math.Clamp(0.25 * Math.Log10(perHead / top) + 0.2, 0, 1);
        sink.Raise(ref context, IncidentType.DataExfiltration, "volume", isOrdered ? Math.Max(p, People.OrderedChance) : p, impact, context.Caller.EpisodeStart, episode[Counter.Requests],
            $"Was sent {Phrase.Kibibytes(kibibytes)} within {Phrase.Span(context.Caller.LastSeen - context.Caller.EpisodeStart)}, {Phrase.Count(perHead / typical)} times what callers get here ({Phrase.Kibibytes(typical)}).{(isOrdered ? People.ExplainOrder(context.Caller) : "")}",
            [new Driver("response_kib", kibibytes, Math.Round(typical, 1), 1)], route: 0);
    }
}
