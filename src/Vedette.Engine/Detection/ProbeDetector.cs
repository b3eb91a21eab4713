using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A caller that looks for what is there: scanners and endpoint enumeration.</summary>
/// <remarks>
/// Blind requests for paths that do not exist, against the share (Beta-binomial) and the number that callers have here. Pictures and scripts of a page, and the files
/// that browsers ask for by themselves, are never counted: fifty missing icons are a broken page. Requests for files only a scanner wants
/// (<c>/.env</c>, <c>/.git/config</c>) weigh more, whatever the answer was. A declared crawler that meets dead links is left alone.
/// </remarks>
internal sealed class ProbeDetector : CallerDetector
{
    private const int MinBlind = 12;
    private const int MinProbes = 3;
    private const int MinCrawlerBlind = 400;

    /// <summary>Of those who ask for anything that is not there half ask for one or two.</summary>
    private static readonly AmountPrior Prior = new(Callers: 50, Median: 1.5, Spread: 1.5);

    public override Trigger Triggers => Trigger.BlindNotFound | Trigger.Probe | Trigger.AttackTool | Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        if (context.Caller.Kind != CallerKind.Address) return;
        bool isScanner = context.IsRaised(IncidentType.Scanner);
        bool isEnumeration = context.IsRaised(IncidentType.EndpointEnumeration);
        if ((isScanner || isEnumeration) && (context.Trigger & Trigger.Tick) == 0) return;

        ref readonly Counts episode = ref context.Episode;
        int requests = episode[Counter.Requests];
        int blind = episode[Counter.BlindNotFound];
        int probes = episode[Counter.Probes];
        bool isTool = context.Caller.Agent == UserAgentKind.AttackTool;
        bool isCrawler = context.Caller.Agent is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor;
        if (blind < MinBlind && probes < MinProbes && !isTool) return;
        if (isCrawler && probes < 2 * MinProbes && blind < MinCrawlerBlind) return;

        BetaBinomial prior = context.Baselines.BlindNotFound.Current;
        double p = prior.UpperTail(blind, requests) * Prior.UpperTail(context.Baselines.BlindPerCaller, (double)blind / People.Behind(context.Caller), ownWeight: 1);
        // Each request for a file that only scanners want is ten times rarer among honest callers than a dead link.
        p *= Math.Pow(0.03, Math.Min(probes, 10));
        // A name that only tools have needs no statistics.
        if (isTool) p = Math.Min(p, 0.01 * context.Baselines.AlertThreshold);
        if (p > context.Baselines.AlertThreshold && !isScanner && !isEnumeration) return;

        bool wantsFiles = (probes >= MinProbes && probes * 3 >= blind) || episode[Counter.Payloads] >= MinProbes;
        Raise(ref context, sink, isScanner || isTool || wantsFiles ? IncidentType.Scanner : IncidentType.EndpointEnumeration, p);
        // A tool that goes through a list of words is a scan by its name and guesses paths by what it does.
        if (isTool && !wantsFiles && blind >= MinBlind && !isEnumeration) Raise(ref context, sink, IncidentType.EndpointEnumeration, p);
    }

    private static void Raise(ref CallerContext context, FindingSink sink, IncidentType type, double p)
    {
        ref readonly Counts episode = ref context.Episode;
        int requests = episode[Counter.Requests];
        int blind = episode[Counter.BlindNotFound];
        int probes = episode[Counter.Probes];
        int accepted = requests - episode[Counter.ClientErrors] - episode[Counter.ServerErrors];
        double impact = Math.Clamp(0.08 * Math.Log10(1 + blind + probes) + (episode[Counter.Payloads] > 0 ? 0.1 : 0) + (episode[Counter.ServerErrors] > 5 ? 0.1 : 0), 0, 0.9);
        sink.Raise(ref context, type, "probe", p, impact, context.Caller.EpisodeStart, requests, Explain(context, type, requests, blind, probes, accepted),
        [
            new Driver("blind_not_found_share", Math.Round((double)blind / requests, 4), Math.Round(context.Baselines.BlindNotFound.Current.Mean, 4), 0.5),
            new Driver("sensitive_file_probes", probes, 0, probes > 0 ? 0.3 : 0),
            new Driver("distinct_missing_paths", blind, 1, 0.2),
        ], route: 0, isRefused: accepted == 0);
    }

    private static string Explain(in CallerContext context, IncidentType type, int requests, int blind, int probes, int accepted)
    {
        string span = Phrase.Span(context.Caller.LastSeen - context.Caller.EpisodeStart);
        string tool = context.Caller.Agent == UserAgentKind.AttackTool ? "The user agent names an attack tool. " : "";
        string missing = blind == 0 ? "" : $"{Phrase.Of(blind, "path")} missing or refused ({Phrase.Percent((double)blind / requests)}; typical here: {Phrase.Percent(context.Baselines.BlindNotFound.Current.Mean)})";
        string sensitive = probes == 0 ? "" : $"{Phrase.Of(probes, "request")} for files that only scanners want";
        string look = $"{Phrase.Of(requests, "request")} within {span}" + (blind + probes == 0 ? "" : ", among them ") + missing + (blind > 0 && probes > 0 ? " and " : "") + sensitive;
        string found = accepted > 0 ? $". {Phrase.Of(accepted, "request")} got an answer" : ". Nothing was found";
        return tool + (type == IncidentType.Scanner ? "Scans for weaknesses: " : "Guesses paths: ") + look + found + ".";
    }
}
