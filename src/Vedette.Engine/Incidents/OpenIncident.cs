using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Risk;

namespace Vedette.Engine.Incidents;

/// <summary>An incident that may still grow: findings about one actor, or about several who act together.</summary>
internal sealed class OpenIncident
{
    private const int MaxEvidence = 10;

    /// <summary>Requests of a scan per payload from which on the payloads are part of the scan.</summary>
    private const int ScanShare = 3;

    /// <summary>Latest finding of each (detector, type); few. Guessing, spraying and stuffing are one: which it is shows as names and attempts add up.</summary>
    private readonly List<Finding> _findings = [];
    private readonly List<Evidence> _evidence = [];
    private readonly HashSet<long> _evidenceLines = [];
    private readonly List<Member> _members = [];
    private readonly HashSet<ulong> _memberKeys = [];
    private readonly SortedDictionary<string, double> _votes = new(StringComparer.Ordinal);
    private readonly EpisodeEvents _events = new();
    private long _absorbedEvents;
    private long _until;

    public OpenIncident(Finding first, CampaignKind campaign)
    {
        Campaign = campaign;
        Id = MakeId(first, campaign);
        First = Last = first.Time;
        FirstSequence = first.Sequence;
        Since = first.Since;
        FirstActor = first.Actor;
        Add(first);
    }

    /// <summary>A campaign of callers who are alike, of whom the strongest finding about one speaks for all.</summary>
    public static OpenIncident OfAlike(OpenIncident one, ulong key) => new(SpeakForAll(one.Main, key, "addresses"), one.Campaign);

    /// <summary>Callers of whom the same is told, and who have nothing else in common.</summary>
    public static OpenIncident OfStrangers(OpenIncident one, ulong key) => new(SpeakForAll(one.Main, key, "callers"), one.Campaign) { AreStrangers = true };

    public string Id { get; }

    public CampaignKind Campaign { get; }

    /// <summary>False once it was closed or taken over.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Event time at which it was raised.</summary>
    public long First { get; private set; }

    public long FirstSequence { get; private set; }

    /// <summary>Event time of the newest finding.</summary>
    public long Last { get; private set; }

    public long Since { get; private set; }

    /// <summary>What campaigns like it share, of the first finding that knew it; 0 for none.</summary>
    public ulong Trait { get; private set; }

    /// <summary>Where the first attack was aimed, of the first finding that knew it; 0 for none.</summary>
    public ulong Aim { get; private set; }

    /// <summary>The actor under which it is open.</summary>
    public ulong FirstActor { get; }

    public ActorKind ActorKind => Main.ActorKind;

    /// <summary>The finding that names the incident: of the highest risk, and the older one if two are equal.</summary>
    public Finding Main { get; private set; } = null!;

    /// <summary>All there is to it is a program's attempts of which none got through.</summary>
    public bool IsNoise => _findings.TrueForAll(static finding => finding.IsNoise);

    public IReadOnlyList<Member> Members => _members;

    public bool HasMember(ulong key) => _memberKeys.Contains(key);

    /// <summary>How many of <paramref name="members"/> are members here.</summary>
    public int CountMembers(IReadOnlyList<Member> members) => members.Count(member => HasMember(member.Key));

    public void Add(Finding finding)
    {
        Last = Math.Max(Last, finding.Time);
        Since = Math.Min(Since, finding.Since);
        _until = Math.Max(_until, finding.Until);
        if (Trait == 0) Trait = finding.Trait;
        if (Aim == 0) Aim = finding.Aim;
        int known = _findings.FindIndex(f => f.Detector == finding.Detector && f.ActorKind == finding.ActorKind && (f.Type == finding.Type || (f.Type.IsLogin() && finding.Type.IsLogin())));
        if (known >= 0) _findings[known] = finding;
        else _findings.Add(finding);
        if (finding.ActorKind != ActorKind.Distributed) _events.Add(finding);
        foreach (Evidence line in finding.Evidence) AddEvidence(line);
        foreach (Member member in finding.Members) AddMember(member);
        if (MayBeMember(finding) && !HasMember(finding.Via)) AddMember(new Member(finding.Actor, finding.ActorName));
        ChooseMain();
        Strengthen(finding);
    }

    /// <summary>Keeps each model's strongest vote about the actor.</summary>
    /// <returns>True if these are the first.</returns>
    public bool AddVotes(IReadOnlyList<string> models, ReadOnlySpan<float> votes)
    {
        bool areFirst = _votes.Count == 0;
        for (int i = 0; i < votes.Length; i++)
            if (!float.IsNaN(votes[i])) _votes[models[i]] = Math.Round(Math.Max(_votes.GetValueOrDefault(models[i]), votes[i]), 4);
        return areFirst;
    }

    public void Close() => IsOpen = false;

    /// <summary>Takes over another incident about one of the same campaign's callers.</summary>
    public void Absorb(OpenIncident other)
    {
        other.Close();
        First = Math.Min(First, other.First);
        FirstSequence = Math.Min(FirstSequence, other.FirstSequence);
        Since = Math.Min(Since, other.Since);
        Last = Math.Max(Last, other.Last);
        _until = Math.Max(_until, other._until);
        if (!HasMember(other.Main.Actor)) _absorbedEvents += other.Main.Events + other._events.EarlierOf(other.Main.Actor);
        _events.Add(other._events);
        if (MayBeMember(other.Main) && other.Main.Actor != Main.Actor) AddMember(new Member(other.Main.Actor, other.Main.ActorName));
        foreach (Member member in other.Members) AddMember(member);
        foreach (Evidence line in other._evidence) AddEvidence(line);
        foreach ((string model, double vote) in other._votes) _votes[model] = Math.Max(_votes.GetValueOrDefault(model), vote);
        foreach (Finding finding in other._findings)
            if (finding.ActorKind == ActorKind.Distributed || _findings.TrueForAll(f => f.Type != finding.Type)) _findings.Add(finding);
        ChooseMain();
        Strengthen(other.Main);
    }

    public Incident ToIncident(RiskOptions options, Func<int, string?> templateOf)
    {
        double rest = 1;
        var votes = new SortedDictionary<string, double>(_votes, StringComparer.Ordinal);
        foreach (Finding finding in _findings)
        {
            double confidence = RiskModel.Confidence(finding.PValue);
            votes[finding.Detector] = Math.Round(Math.Max(votes.GetValueOrDefault(finding.Detector), confidence), 4);
            // A second, different sign takes away a quarter of what it would if it stood alone: signs about one caller depend on each other.
            if (!ReferenceEquals(finding, Main)) rest *= 1 - 0.25 * RiskModel.Risk(finding) / 100;
        }
        double main = RiskModel.Risk(Main) / 100;
        int risk = (int)Math.Round(100 * (Main.Impact < 0 ? main : 1 - (1 - main) * rest));
        return new Incident
        {
            Id = Id,
            Type = Main.Type,
            Risk = risk,
            Level = options.LevelOf(risk),
            Confidence = Math.Round(RiskModel.Confidence(Main.PValue), 4),
            Actor = new Actor(Main.ActorKind, Main.ActorKind == ActorKind.Distributed ? Many : Main.ActorName, Main.ActorKind == ActorKind.Distributed ? [.. _members.Select(static m => m.Name)] : []),
            Endpoint = templateOf(Main.Route),
            FirstSeen = At(Since),
            LastSeen = At(_until),
            DetectedAt = At(First),
            Events = AreAlike ? _events.Total : Main.Events + _events.EarlierOf(Main.Actor) + _absorbedEvents,
            Explanation = Explain(),
            Drivers = Main.Drivers,
            Models = votes,
            Evidence = [.. _evidence.OrderBy(static e => e.Sequence)],
            CallerKeys = [Main.Actor, .. _memberKeys],
            Route = Main.Route,
            AlsoSeen = [.. _findings.Select(static f => f.Type).Where(t => t != Main.Type).Distinct().Order()],
        };
    }

    /// <summary>Callers that were put together because they are alike, or because the same is told of all: how many shows as they come.</summary>
    public bool AreAlike => Main.ActorKind == ActorKind.Distributed && Main.Members.Count == 0;

    private string Many => _members.Count < Actor.MaxMembers ? $"{_members.Count} {Main.ActorName}" : $"{Phrase.Count(Actor.MaxMembers)} or more {Main.ActorName}";

    /// <summary>Its members are addresses, principals and sessions that share nothing but what is told of them.</summary>
    private bool AreStrangers { get; init; }

    private string Counted => _members.Count < Actor.MaxMembers ? "" : $"; the requests of the first {Phrase.Count(Actor.MaxMembers)} are counted";

    private string Explain() => AreStrangers ? $"{Many} do the same, each in a way of its own: many hands of one attack, or what this is used for here{Counted}. {Main.Explanation}"
        : AreAlike ? $"{Many} do the same in the same way{Counted}. {Main.Explanation}"
        : Main.ActorKind == ActorKind.Distributed && _members.Count > Main.Members.Count ? $"{Main.Explanation} With those found before or by themselves it was {Many}."
        : Main.Explanation;

    private static Finding SpeakForAll(Finding member, ulong key, string name) => member with
    {
        Actor = key,
        ActorKind = ActorKind.Distributed,
        ActorName = name,
        Explanation = member.ActorKind == ActorKind.Distributed ? member.Explanation : $"One of them, {member.ActorName}: {member.Explanation}",
    };

    private bool MayBeMember(Finding finding) => finding.ActorKind == ActorKind.Ip || (AreStrangers && finding.ActorKind is not (ActorKind.Distributed or ActorKind.Endpoint));

    /// <summary>A campaign of callers who are alike is as grave as the gravest of them.</summary>
    private void Strengthen(Finding member)
    {
        if (!AreAlike || !MayBeMember(member) || member.Type != Main.Type || RiskModel.Risk(member) <= RiskModel.Risk(Main)) return;
        _findings[_findings.IndexOf(Main)] = SpeakForAll(member, Main.Actor, Main.ActorName);
        ChooseMain();
    }

    private void ChooseMain()
    {
        Main = _findings[0];
        foreach (Finding finding in _findings)
            if (Outranks(finding, Main)) Main = finding;
    }

    /// <summary>A campaign of many goes before one of its members, what a campaign is about before what else is done in it, a scan before the payloads it contains, and then the higher risk.</summary>
    private bool Outranks(Finding finding, Finding main)
    {
        bool isAboutIt = CampaignKinds.Of(finding.Type) == Campaign;
        if (isAboutIt != (CampaignKinds.Of(main.Type) == Campaign)) return isAboutIt;
        bool isWide = finding.ActorKind == ActorKind.Distributed;
        if (isWide != (main.ActorKind == ActorKind.Distributed)) return isWide;
        if (finding.Type == IncidentType.Scanner && main.Type.IsPayload() && finding.Events >= ScanShare * main.Events) return true;
        if (main.Type == IncidentType.Scanner && finding.Type.IsPayload() && main.Events >= ScanShare * finding.Events) return false;
        return RiskModel.Risk(finding) > RiskModel.Risk(main);
    }

    private void AddEvidence(Evidence line)
    {
        if (_evidence.Count < MaxEvidence && _evidenceLines.Add((long)line.Source << 48 ^ line.Line)) _evidence.Add(line);
    }

    private void AddMember(Member member)
    {
        if (_members.Count < Actor.MaxMembers && _memberKeys.Add(member.Key)) _members.Add(member);
    }

    private static DateTimeOffset At(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);

    private static string MakeId(Finding first, CampaignKind campaign)
    {
        ulong id = Fingerprint.Combine(Fingerprint.Combine(first.Actor, (ulong)campaign), Fingerprint.Combine((ulong)first.Since, (ulong)first.Sequence));
        return $"inc-{id & 0xFFFF_FFFF_FFFF:x12}";
    }
}
