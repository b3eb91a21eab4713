using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Behavior;

/// <summary>What one caller did on one route, over an episode.</summary>
internal struct CallerRoute
{
    public ulong Key;
    public long FirstTime;
    public long LastTime;
    public long LastNumber;
    public long LowestNumber;
    public long HighestNumber;

    /// <summary>Number of the tick in which it was used last.</summary>
    public int ActiveTick;

    /// <summary>Numbers of the ticks in which its time was known last, and in which it was slow last.</summary>
    public int TimedTick;
    public int SlowTick;

    public int Requests;

    /// <summary>Between its requests of the route.</summary>
    public Gaps Gaps;

    /// <summary>Answered with success, or with the redirect that follows a form that was taken.</summary>
    public int Granted;

    public int Refused;

    /// <summary>Of the refused, those that would have to sign in first.</summary>
    public int Unauthorized;

    public int NotFound;
    public int Invalid;
    public int ServerErrors;

    /// <summary>Different objects asked for.</summary>
    public int Objects;

    /// <summary>Objects asked for whose number follows the one before within a small step.</summary>
    public int Steps;

    /// <summary>Route from which the caller came here the last time, the lower half of its number.</summary>
    public ushort EnteredFrom;

    /// <summary>What it adds to the caller's evidence of repeated changes, in nats.</summary>
    public Half RepetitionEvidence;

    /// <summary>The routes from which the caller came here, by the end of a fingerprint.</summary>
    private ulong _entrances;

    /// <summary>Objects asked for whose number is above the one before, and below it.</summary>
    public int Rises;
    public int Falls;

    /// <summary>Part of the fingerprint of the path that failed last, and the second of event time when it did; 0 if none has.</summary>
    public uint FailedPath;
    public uint FailedAt;

    /// <summary>Different queries, the time of the request aside.</summary>
    public DistinctSketch Queries;

    /// <summary>Part of the fingerprint of what was asked for last.</summary>
    public uint PreviousTarget;

    /// <summary>Notes that the caller came from a route.</summary>
    /// <returns>True the first time; once in a while two routes are taken for one.</returns>
    public bool Enter(int from)
    {
        bool isFirst = !HasEntered(from);
        _entrances |= BitOf(from);
        return isFirst;
    }

    /// <summary>True if the caller came from the route before; once in a while two routes are taken for one.</summary>
    public readonly bool HasEntered(int from) => (_entrances & BitOf(from)) != 0;

    private static ulong BitOf(int from) => 1UL << (int)((uint)from * 0x9E3779B9u >> 26);

    /// <summary>Objects or queries, whichever are more.</summary>
    public readonly int Items => Math.Max(Objects, Queries.Count);

    /// <summary>Different things taken or denied: objects, and queries of a list if they bring something, or are denied though the caller may be here. A console that asks for news by a number
    /// that counts up is brought next to nothing; and whoever sends the parts of a file, or what a device measured, brings something himself.</summary>
    public readonly int TakenOf(Route route)
    {
        const int minKibibytes = 2;
        bool brings = (Refused - Unauthorized + NotFound) * 4 >= Requests || ResponseKibibytes >= minKibibytes * (long)Requests;
        bool isSent = route.Method is RequestMethod.Post or RequestMethod.Put or RequestMethod.Patch && (route.Traits & RouteTraits.Personal) == 0;
        if (isSent && !brings) return 0;
        bool isList = (route.Traits & RouteTraits.HasObject) == 0 && brings;
        // An object that a query names by its number is both.
        return isList ? Items : Objects;
    }

    public long ResponseKibibytes;
    public int LoginAttempts;
    public int LoginFailures;

    /// <summary>Requests at which it was last looked at; it is again when they have grown by half.</summary>
    public int Examined;

    /// <summary>As how many different objects it counts in the route's baseline.</summary>
    public int LearntItems;

    /// <summary>How it took the first of them.</summary>
    public Manners Manners;
}
