using System.Runtime.CompilerServices;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What is remembered of one caller. No references inside, so a hundred thousand of them cost the collector nothing.</summary>
internal struct CallerState
{
    /// <summary>An episode of activity ends after this much silence.</summary>
    public const long EpisodeGapMicros = 30L * 60 * 1_000_000;

    public ulong Key;

    /// <summary>For an address caller the first address seen, for a principal the last.</summary>
    public NetworkAddress Address;
    public CallerKind Kind;

    /// <summary>Kind of the user agent seen last.</summary>
    public UserAgentKind Agent;

    public ulong AgentKey;

    /// <summary>For an address: the principal of its last request in this episode that had one. For a principal: the address. 0 for none.</summary>
    public ulong Counterpart;

    public long FirstSeen;
    public long LastSeen;
    public long EpisodeStart;

    /// <summary>Requests in all.</summary>
    public long Total;

    /// <summary>Since <see cref="EpisodeStart"/>.</summary>
    public Counts Episode;

    /// <summary>The last ten minutes.</summary>
    public SlidingCounts Recent;

    /// <summary>Start of the current burst of ten seconds.</summary>
    public long BurstStart;

    /// <summary>Requests, pictures and scripts aside, in the current burst.</summary>
    public int Burst;

    /// <summary>Most requests of a burst in this episode.</summary>
    public int PeakBurst;

    /// <summary>More than one address of an IPv6 site was seen.</summary>
    public bool HasManyAddresses;

    /// <summary>User agents new in this episode that came with a principal or session seen before: who changes the agent and keeps the session is one.</summary>
    public int ChangedAgents;

    /// <summary>For a principal: a program's credentials by its name, not a person's.</summary>
    public bool IsServiceAccount;

    /// <summary>Its events come out of a sample, so how often it asks is not known.</summary>
    public bool IsSampled;

    /// <summary>Number of the tick in which it was active last.</summary>
    public long ActiveTick;

    /// <summary>Place of its window among those of the shard, valid in that tick.</summary>
    public int Window;

    /// <summary>Its last requests of this episode, where models are at work or being trained.</summary>
    public TokenRing Tokens;

    /// <summary>Between its requests.</summary>
    public Gaps Gaps;

    public int PreviousRoute;

    /// <summary>What it asked for last; see <see cref="RequestPath.Target"/>.</summary>
    public ulong PreviousTarget;

    /// <summary>Sum of how much more surprising its transitions were than expected, in nats; never below zero.</summary>
    public float SequenceEvidence;

    public int Transitions;

    /// <summary>Changes to which it came by a way that many take there, in this episode.</summary>
    public int UsualChanges;

    /// <summary>Routes on which it repeats changes, and how unlikely so many are, in nats.</summary>
    public int RepeatedKinds;
    public float RepetitionEvidence;

    /// <summary>Requests of this episode, pictures and scripts aside, for what it had asked for on that route before.</summary>
    public int Returns;

    /// <summary>How many these would be if it came back as often as callers of the same routes do.</summary>
    public float ExpectedReturns;

    /// <summary>Requests with a payload, by class.</summary>
    public PayloadCounts Payloads;

    /// <summary>Strongest payload seen, in [0, 1].</summary>
    public float PayloadScore;

    public long FirstPayload;

    /// <summary>Target that carried the last payload; see <see cref="PreparedEvent.PayloadOrigin"/>.</summary>
    public ulong PayloadOrigin;

    /// <summary>Route of the last payload.</summary>
    public int PayloadRoute;

    /// <summary>Payloads that the server answered with success.</summary>
    public int PayloadsAccepted;

    /// <summary>Payloads that it refused, could not find a place for or failed on; one without a known answer counts in neither.</summary>
    public int PayloadsRefused;

    /// <summary>Payloads whose parameter takes values like them from many callers.</summary>
    public int PayloadsHabitual;

    /// <summary>Payloads whose parameter takes numbers or few words otherwise.</summary>
    public int PayloadsForeign;

    /// <summary>Different shapes of requests that the server refused as invalid, in this episode.</summary>
    public DistinctSketch InvalidShapes;

    public long FirstLoginFailure;
    public long LastLoginFailure;
    public long LastLoginSuccess;
    public int LoginRoute;

    /// <summary>Address of the last failed login, as a caller.</summary>
    public ulong LoginFailureAddress;

    /// <summary>Failed logins from one address since the last one that worked.</summary>
    public int FailuresInARow;

    /// <summary>Failed logins in a row before the last one that worked, from its address.</summary>
    public int FailuresBeforeSuccess;

    /// <summary>For a user: how often it came from an address and with an agent that were both new, ever.</summary>
    public int NewDevices;

    /// <summary>Time at which a user came in from a new address and agent, or an address never seen before after failures; else 0.</summary>
    public long SuspiciousEntry;

    /// <summary>The address it came from, the route by which it came in, and how often it had failed to in a row.</summary>
    public ulong EntryAddress;
    public int EntryRoute;
    public int EntryFailures;

    /// <summary>Different changes to what an account is worth since <see cref="SuspiciousEntry"/>.</summary>
    public int SensitiveWrites;

    /// <summary>Requests, pictures and scripts aside, at <see cref="SuspiciousEntry"/>.</summary>
    public int EntryRequests;

    /// <summary>The first of these changes was the first request after it.</summary>
    public bool GoesStraight;

    /// <summary>How much more than usual the most surprising way to one of these changes surprises, in nats.</summary>
    public float ChangeSurprise;

    /// <summary>Chance that an ordinary visit makes these changes.</summary>
    public float ChangeChance;

    /// <summary>Incident types raised about it in this episode, as bits; see <c>IncidentType</c>.</summary>
    public ulong Raised;

    /// <summary>Something is raised about a campaign it takes part in or, for an address, about a principal that came from it, in this episode.</summary>
    public bool IsImplicated;

    /// <summary>What it meets says nothing about how others fare.</summary>
    public readonly bool IsSuspect => Raised != 0 || IsImplicated;

    /// <summary>KiB of this episode that count in the baselines.</summary>
    public float LearntKibibytes;

    /// <summary>The route from which it was sent most KiB in this episode, by how many requests.</summary>
    public int HeaviestRoute;
    public int HeaviestRequests;
    public long HeaviestKibibytes;

    /// <summary>Most KiB in an hour that it was sent in one of its earlier episodes, of those about which nothing was raised.</summary>
    public float HabitKibibytes;

    /// <summary>The route of which it has taken most items in this episode, and how many.</summary>
    public int MainRoute;
    public int MainItems;

    /// <summary>As how many items it counts in that route's baseline.</summary>
    public int MainLearnt;

    /// <summary>Time at which it was seen to do hardly anything but collect items of <see cref="MainRoute"/>, in this episode; else 0.</summary>
    public long CollectorSince;

    /// <summary>Time at which it was seen to be a browser that asks for <see cref="WatchedRoute"/> alone and never for a picture or script, in this episode; else 0.</summary>
    public long WatcherSince;
    public int WatchedRoute;

    /// <summary>Fingerprint of an address as a caller; never 0.</summary>
    public static ulong KeyOf(NetworkAddress address)
    {
        NetworkAddress caller = address.CallerKey;
        return Fingerprint.Combine(caller.High, caller.Low) | 1;
    }
}

/// <summary>One number per class of payload, in the order of <c>PayloadClass</c>.</summary>
[InlineArray(Length)]
internal struct PayloadCounts
{
    public const int Length = 16;

    private ushort _first;
}
