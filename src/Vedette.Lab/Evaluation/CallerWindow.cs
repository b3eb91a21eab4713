using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>What one caller did in one minute: the unit of judgement.</summary>
public struct CallerWindow
{
    /// <summary>Client address; of IPv6 the /64.</summary>
    public NetworkAddress Caller;

    /// <summary>Minutes since 1970.</summary>
    public long Minute;

    public int Requests;

    /// <summary>Answers with status 400 or above.</summary>
    public int Errors;

    /// <summary>Answers with status 401.</summary>
    public int Unauthorized;

    /// <summary>Answers with status 401 in this and the nine minutes before; known once all events are in.</summary>
    public int UnauthorizedInTenMinutes;

    /// <summary>Answers with status 400, 403 or 404.</summary>
    public int Refused;

    /// <summary>Requests whose duration is known.</summary>
    public int Timed;

    /// <summary>Sum of the known durations.</summary>
    public long DurationMicros;

    /// <summary>Requests with a known bad string.</summary>
    public int BadStrings;

    /// <summary>Mean known duration in milliseconds; 0 if none is known.</summary>
    public readonly double MeanMilliseconds => Timed == 0 ? 0 : DurationMicros / 1000.0 / Timed;
}
