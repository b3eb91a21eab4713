namespace Vedette.Engine.Behavior;

/// <summary>What one caller did on one route, over an episode.</summary>
internal struct CallerRoute
{
    public ulong Key;
    public long FirstTime;
    public long LastNumber;
    public long LowestNumber;
    public long HighestNumber;

    /// <summary>Number of the tick in which it was used last.</summary>
    public int ActiveTick;

    public int Requests;
    public int Granted;
    public int Refused;
    public int NotFound;
    public int Invalid;
    public int ServerErrors;

    /// <summary>Different objects asked for.</summary>
    public int Objects;

    /// <summary>Objects asked for whose number follows the one before within a small step.</summary>
    public int Steps;

    /// <summary>Route from which the caller came here the last time.</summary>
    public int EnteredFrom;

    public ulong PreviousQuery;

    /// <summary>Part of the fingerprint of the path that failed last, and the second of event time when it did; 0 if none has.</summary>
    public uint FailedPath;
    public uint FailedAt;

    /// <summary>Queries that differ from the one before.</summary>
    public int Queries;

    public long ResponseKibibytes;
    public int LoginAttempts;
    public int LoginFailures;

    /// <summary>Requests at which it was last looked at; it is again when they have grown by half.</summary>
    public int Examined;
}
