namespace Vedette.Engine.Detection;

/// <summary>Consecutive abnormal minutes of one route: a condition must last before it is an alarm, and be gone for a while before it is over.</summary>
internal struct Episode
{
    private const int MinutesToEnd = 3;

    private int _quiet;

    /// <summary>Abnormal minutes so far.</summary>
    public int Minutes { get; private set; }

    /// <summary>Event time at which it began, microseconds.</summary>
    public long Since { get; private set; }

    /// <summary>Largest severity seen.</summary>
    public double Worst { get; private set; }

    public long Events { get; private set; }

    /// <summary>Counts an abnormal minute; the first may stand for those before it, where it takes several to tell.</summary>
    public void Abnormal(long time, double severity, long events, int minutes = 1)
    {
        if (Minutes == 0)
        {
            Since = time - minutes * 60_000_000L;
            Worst = 0;
            Events = 0;
            Minutes = minutes - 1;
        }
        Minutes++;
        _quiet = 0;
        Worst = Math.Max(Worst, severity);
        Events += events;
    }

    public void Normal()
    {
        // Before it is an alarm one quiet minute ends it: three must come in a row.
        if (Minutes < 3 || ++_quiet >= MinutesToEnd) Minutes = 0;
    }
}
