namespace Vedette.Engine.Pipeline;

/// <summary>The stream's time: the latest event time believed so far. It never runs backwards and is not led astray by a few mad timestamps.</summary>
/// <remarks>
/// A time far ahead of the clock is believed only when enough events in a row agree; until then such events happen "now". A time behind the clock is late: within
/// <see cref="AllowedLateness"/> that is how logs are written, beyond it the event is counted as late. Owned by one thread.
/// </remarks>
internal sealed class EventClock
{
    /// <summary>Servers write a line when the request ends, and several threads write at once.</summary>
    public static readonly TimeSpan AllowedLateness = TimeSpan.FromMinutes(5);

    private const long FarAheadMicros = 24L * 3600 * 1_000_000;
    private const int BelievedAfter = 20;

    /// <summary>So many events at the beginning may show that the very first times were wrong.</summary>
    private const int Beginning = 1000;

    private int _ahead;
    private int _behind;
    private int _admitted;

    /// <summary>Latest time believed, microseconds; 0 before the first event.</summary>
    public long Now { get; private set; }

    /// <summary>How often the clock was set back since it had begun with a time from the future; what was remembered is worthless then.</summary>
    public int SetBack { get; private set; }

    /// <summary>Events that came later than allowed.</summary>
    public long LateEvents { get; private set; }

    /// <summary>Takes an event's time in and returns the time at which it counts: now at the most, never before the allowance.</summary>
    public long Admit(long eventMicros)
    {
        if (eventMicros < 0) return Now;
        if (Now == 0)
        {
            Now = eventMicros;
            return eventMicros;
        }
        _admitted++;
        if (IsWrongBeginning(eventMicros))
        {
            Now = eventMicros;
            LateEvents -= _behind - 1;
            SetBack++;
            return eventMicros;
        }
        if (eventMicros > Now + FarAheadMicros && ++_ahead < BelievedAfter) return Now;
        if (eventMicros <= Now + FarAheadMicros) _ahead = 0;
        if (eventMicros >= Now)
        {
            Now = eventMicros;
            _ahead = 0;
            return eventMicros;
        }
        if (Now - eventMicros <= AllowedLateness.Ticks / 10) return eventMicros;
        LateEvents++;
        return Now;
    }

    /// <summary>Moves the clock on without an event; false if it has not begun or is past that time.</summary>
    public bool Advance(long timeMicros)
    {
        if (Now == 0 || timeMicros <= Now) return false;
        Now = timeMicros;
        return true;
    }

    private bool IsWrongBeginning(long eventMicros)
    {
        if (_admitted > Beginning) return false;
        _behind = eventMicros < Now - FarAheadMicros ? _behind + 1 : 0;
        return _behind >= BelievedAfter;
    }
}
