using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Incidents;

/// <summary>Groups findings into incidents: one campaign, one incident. Owned by the engine's thread; findings come in stream order.</summary>
/// <remarks>
/// Findings about one caller of one <see cref="CampaignKind"/> belong together while no silence of <see cref="IncidentOptions.IdleMinutes"/> parts them. A scanner's
/// other doings (it also guesses passwords and asks often) are part of the scan. A distributed campaign takes over the incidents of its members;
/// several callers who share a trait (same agent, same type, at the same time) become a distributed campaign, and so do many strangers who take or use the same to excess: one attack by many
/// hands, or what the place is used for, it is one thing to look at. Noise (<see cref="Finding.IsNoise"/>) stays open for longer, since the same
/// worms come back all day, and is joined only with noise, so that what got through is never told as one of many attempts.
/// </remarks>
internal sealed class IncidentBook(IncidentOptions options, RiskOptions risk)
{
    /// <summary>So many callers without a trait in common are one incident, if the same is told of all of them.</summary>
    private const int MinStrangers = 8;

    private static readonly CampaignKind[] Campaigns = Enum.GetValues<CampaignKind>();

    private readonly Dictionary<ulong, OpenIncident> _open = [];
    private readonly List<Incident> _closed = [];

    /// <summary>Open incidents that may become part of a campaign, by what its members share.</summary>
    private readonly Dictionary<ulong, List<OpenIncident>> _byTrait = [];

    private readonly List<OpenIncident> _distributed = [];

    /// <summary>Incidents about principals by the address they came from.</summary>
    private readonly Dictionary<ulong, OpenIncident> _byAddress = [];

    /// <summary>Incidents dropped since there was no room: the least risky closed ones, and new ones while too many are open.</summary>
    public long Dropped { get; private set; }

    /// <summary>Called with an incident whenever it is raised or has grown, and a last time when a campaign takes it over.</summary>
    public Action<Incident>? Changed { get; set; }

    /// <summary>From now on; incidents that are open keep what they have.</summary>
    public void Reconfigure(IncidentOptions newOptions, RiskOptions newRisk) => (options, risk) = (newOptions, newRisk);

    public void Add(Finding finding, Func<int, string?> templateOf)
    {
        CampaignKind campaign = CampaignKinds.Of(finding.Type);
        OpenIncident? incident = FindFor(finding, campaign, templateOf);
        if (incident is not null) incident.Add(finding);
        else if ((incident = Open(finding, campaign, templateOf)) is null) return;
        if (finding.Type == IncidentType.Scanner) AbsorbOtherDoings(incident, finding, templateOf);
        if (finding.ActorKind == ActorKind.Distributed) AbsorbMembers(incident, templateOf);
        else incident = JoinStrangers(JoinByTrait(JoinByTrait(incident, incident.Trait, templateOf), incident.Aim, templateOf), templateOf);
        if (Changed is not null) Changed(incident.ToIncident(risk, templateOf));
    }

    /// <summary>Adds models' votes about a caller to the open incidents about it.</summary>
    public void AddVotes(ulong actor, IReadOnlyList<string> models, ReadOnlySpan<float> votes, Func<int, string?> templateOf)
    {
        foreach (CampaignKind campaign in Campaigns)
            if (_open.TryGetValue(KeyOf(actor, campaign), out OpenIncident? incident)) Add(incident, models, votes, templateOf);
        foreach (OpenIncident incident in _distributed)
            if (incident.IsOpen && incident.HasMember(actor)) Add(incident, models, votes, templateOf);
    }

    private void Add(OpenIncident incident, IReadOnlyList<string> models, ReadOnlySpan<float> votes, Func<int, string?> templateOf)
    {
        if (incident.AddVotes(models, votes) && Changed is not null) Changed(incident.ToIncident(risk, templateOf));
    }

    /// <summary>A new incident, for which the oldest noise makes room; null, and counted, when as many are open as may be kept.</summary>
    private OpenIncident? Open(Finding finding, CampaignKind campaign, Func<int, string?> templateOf)
    {
        if (_open.Count >= options.MaxKept && !CloseOldestNoise(templateOf))
        {
            Dropped++;
            return null;
        }
        var incident = new OpenIncident(finding, campaign);
        _open[KeyOf(finding.Actor, campaign)] = incident;
        if (finding.Via != 0) _byAddress[KeyOf(finding.Via, campaign)] = incident;
        if (finding.ActorKind == ActorKind.Distributed) _distributed.Add(incident);
        return incident;
    }

    /// <summary>Makes room; false if nothing that is open is noise.</summary>
    private bool CloseOldestNoise(Func<int, string?> templateOf)
    {
        (ulong key, OpenIncident? oldest) = _open.Where(static entry => entry.Value.IsNoise)
            .MinBy(static entry => (entry.Value.Last, entry.Value.FirstSequence, entry.Key));
        if (oldest is null) return false;
        Close(key, oldest, templateOf);
        return true;
    }

    private static List<OpenIncident> ListOf(Dictionary<ulong, List<OpenIncident>> index, ulong key)
    {
        if (!index.TryGetValue(key, out List<OpenIncident>? list)) index.Add(key, list = []);
        return list;
    }

    /// <summary>Closes what has been silent; called at ticks.</summary>
    public void CloseIdle(long time, Func<int, string?> templateOf)
    {
        List<ulong>? silent = null;
        foreach ((ulong key, OpenIncident incident) in _open)
            if (time - incident.Last > IdleMicros(incident.IsNoise)) (silent ??= []).Add(key);
        if (silent is null) return;
        // In the order they were raised, whatever the dictionary's order is.
        foreach (ulong key in silent.OrderBy(key => _open[key].FirstSequence).ThenBy(static key => key))
        {
            Close(key, _open[key], templateOf);
        }
        _distributed.RemoveAll(static incident => !incident.IsOpen);
        foreach ((ulong key, OpenIncident incident) in _byAddress)
            if (!incident.IsOpen) _byAddress.Remove(key);
        foreach ((ulong key, List<OpenIncident> alike) in _byTrait)
            if (alike.RemoveAll(static incident => !incident.IsOpen) > 0 && alike.Count == 0) _byTrait.Remove(key);
    }

    /// <summary>All incidents, the most recently raised last.</summary>
    public IReadOnlyList<Incident> All(Func<int, string?> templateOf) =>
    [
        .. _closed.Concat(_open.Values.Select(incident => incident.ToIncident(risk, templateOf)))
            .OrderBy(static incident => incident.DetectedAt).ThenBy(static incident => incident.Id, StringComparer.Ordinal),
    ];

    private void Close(ulong key, OpenIncident incident, Func<int, string?> templateOf)
    {
        incident.Close();
        _open.Remove(key);
        _closed.Add(incident.ToIncident(risk, templateOf));
        if (_closed.Count <= options.MaxKept) return;
        int least = 0;
        for (int i = 1; i < _closed.Count; i++)
            if (_closed[i].Risk < _closed[least].Risk) least = i;
        _closed.RemoveAt(least);
        Dropped++;
    }

    private long IdleMicros(bool isNoise) => (isNoise ? options.NoiseIdleMinutes : options.IdleMinutes) * 60_000_000L;

    /// <summary>False for noise that was over if it were anything else, once something comes that is no noise.</summary>
    private bool GoesOn(OpenIncident incident, Finding finding) => finding.Time - incident.Last <= IdleMicros(finding.IsNoise);

    private OpenIncident? FindFor(Finding finding, CampaignKind campaign, Func<int, string?> templateOf)
    {
        ulong own = KeyOf(finding.Actor, campaign);
        if (_open.TryGetValue(own, out OpenIncident? same))
        {
            if (GoesOn(same, finding)) return same;
            Close(own, same, templateOf);
        }
        if (finding.ActorKind == ActorKind.Endpoint) return null;
        // Whatever else a scanner does, under whatever name, it does as a scanner.
        foreach (ulong actor in (ReadOnlySpan<ulong>)[finding.Actor, finding.Via])
            if (_open.TryGetValue(KeyOf(actor, CampaignKind.Probing), out OpenIncident? scan) && scan.Main.Type == IncidentType.Scanner && GoesOn(scan, finding)) return scan;
        // A principal and the address it comes from are one when they do the same.
        if (finding.Via != 0 && _open.TryGetValue(KeyOf(finding.Via, campaign), out OpenIncident? address) && GoesOn(address, finding)) return address;
        if (_byAddress.TryGetValue(KeyOf(finding.Actor, campaign), out OpenIncident? principal) && principal.IsOpen && GoesOn(principal, finding)) return principal;
        foreach (OpenIncident open in _distributed)
            if (open.IsOpen && open.Campaign == campaign && (finding.IsNoise || !open.IsNoise) && IsPartOf(finding, finding.Members, open)) return open;
        return null;
    }

    /// <summary>What a scanner was found to do before it was known as one belongs to the scan.</summary>
    private void AbsorbOtherDoings(OpenIncident scan, Finding finding, Func<int, string?> templateOf)
    {
        foreach (CampaignKind campaign in (ReadOnlySpan<CampaignKind>)[CampaignKind.Login, CampaignKind.Collecting, CampaignKind.Odd])
        {
            ulong key = KeyOf(finding.Actor, campaign);
            if (!_open.TryGetValue(key, out OpenIncident? other) || other.ActorKind == ActorKind.Distributed) continue;
            TakeOver(scan, key, other, templateOf);
        }
    }

    /// <summary>Incidents about members of a campaign are the campaign.</summary>
    private void AbsorbMembers(OpenIncident campaign, Func<int, string?> templateOf)
    {
        List<ulong>? absorbed = null;
        foreach ((ulong key, OpenIncident other) in _open)
            if (!ReferenceEquals(other, campaign) && other.Campaign == campaign.Campaign && other.IsNoise == campaign.IsNoise && IsPartOf(other.Main, other.Members, campaign)) (absorbed ??= []).Add(key);
        if (absorbed is null) return;
        foreach (ulong key in absorbed.OrderBy(key => _open[key].FirstSequence).ThenBy(static key => key)) TakeOver(campaign, key, _open[key], templateOf);
    }

    private void TakeOver(OpenIncident campaign, ulong key, OpenIncident other, Func<int, string?> templateOf)
    {
        campaign.Absorb(other);
        _open.Remove(key);
        if (Changed is not null) Changed(other.ToIncident(risk, templateOf) with { PartOf = campaign.Id });
    }

    /// <summary>A member's doing, or what a principal does from a member's address; or a campaign of which most members are known to this one.</summary>
    private static bool IsPartOf(Finding finding, IReadOnlyList<Member> members, OpenIncident campaign) =>
        finding.ActorKind == ActorKind.Distributed ? campaign.CountMembers(members) * 2 > members.Count : campaign.HasMember(finding.Actor) || campaign.HasMember(finding.Via);

    /// <summary>Several callers that do the same at the same time, with the same agent or at the same place, are one campaign: returns the incident it is part of then.</summary>
    private OpenIncident JoinByTrait(OpenIncident incident, ulong trait, Func<int, string?> templateOf)
    {
        if (trait == 0 || incident.ActorKind != ActorKind.Ip) return incident;
        bool isNoise = incident.IsNoise;
        return Join(incident, Fingerprint.Combine(trait, isNoise ? 0x7Bu : 0x7A), options.MinAlike,
            other => other.ActorKind == ActorKind.Ip && other.Main.Type == incident.Main.Type && other.IsNoise == isNoise, OpenIncident.OfAlike, templateOf);
    }

    /// <summary>Many callers of whom the same is told at the same place, whoever they are: returns the incident it is part of then. What is known of logins and payloads tells campaigns apart; here nothing does.</summary>
    private OpenIncident JoinStrangers(OpenIncident incident, Func<int, string?> templateOf)
    {
        if (!MayBeStranger(incident)) return incident;
        Finding main = incident.Main;
        return Join(incident, Fingerprint.Combine(Fingerprint.Combine((ulong)main.Type, (ulong)main.Route), 0x7C), MinStrangers,
            other => MayBeStranger(other) && other.Main.Type == main.Type && other.Main.Route == main.Route, OpenIncident.OfStrangers, templateOf);
    }

    private static bool MayBeStranger(OpenIncident incident) =>
        incident.Campaign is CampaignKind.Collecting or CampaignKind.Odd && incident.Main.Impact >= 0 && (incident.AreAlike || incident.ActorKind is not (ActorKind.Distributed or ActorKind.Endpoint));

    private OpenIncident Join(OpenIncident incident, ulong campaignKey, int least, Func<OpenIncident, bool> isAlike, Func<OpenIncident, ulong, OpenIncident> create, Func<int, string?> templateOf)
    {
        if (incident.FirstActor == campaignKey) return incident;
        ulong key = KeyOf(campaignKey, incident.Campaign);
        List<OpenIncident> sharing = ListOf(_byTrait, key);
        if (!sharing.Contains(incident)) sharing.Add(incident);
        OpenIncident[] alike = [.. sharing.Where(other => other.IsOpen && isAlike(other))];
        if (!_open.TryGetValue(key, out OpenIncident? campaign))
        {
            if (alike.Length < least) return incident;
            campaign = create(incident, campaignKey);
            _open.Add(key, campaign);
            _distributed.Add(campaign);
        }
        foreach (OpenIncident other in alike) TakeOver(campaign, KeyOf(other.FirstActor, other.Campaign), other, templateOf);
        sharing.RemoveAll(static other => !other.IsOpen);
        return campaign;
    }

    private static ulong KeyOf(ulong actor, CampaignKind campaign) => Fingerprint.Combine(actor, (ulong)campaign + 1);
}
