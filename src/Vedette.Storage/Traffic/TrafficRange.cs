namespace Vedette.Storage.Traffic;

/// <summary>Minutes [From, To), to be read from rows of one span.</summary>
internal readonly record struct TrafficRange(TrafficSpan Span, long From, long To)
{
    private const long Hour = (long)TrafficSpan.Hour;

    public bool Contains(long minute) => minute >= From && minute < To;

    /// <summary>Covers [from, to): whole hours by rows of hours, what is left at both ends by rows of minutes.</summary>
    public static IReadOnlyList<TrafficRange> Cover(long from, long to)
    {
        long firstHour = (from + Hour - 1) / Hour * Hour, endHour = to / Hour * Hour;
        if (firstHour >= endHour) return [new TrafficRange(TrafficSpan.Minute, from, to)];
        var ranges = new List<TrafficRange>();
        if (from < firstHour) ranges.Add(new TrafficRange(TrafficSpan.Minute, from, firstHour));
        ranges.Add(new TrafficRange(TrafficSpan.Hour, firstHour, endHour));
        if (endHour < to) ranges.Add(new TrafficRange(TrafficSpan.Minute, endHour, to));
        return ranges;
    }

    /// <summary>Rows of hours that touch [from, to).</summary>
    public static IReadOnlyList<TrafficRange> Hours(long from, long to) => [new TrafficRange(TrafficSpan.Hour, from / Hour * Hour, (to + Hour - 1) / Hour * Hour)];
}
