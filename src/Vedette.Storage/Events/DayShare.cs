using Vedette.Engine.Events;

namespace Vedette.Storage.Events;

/// <summary>The events of one append that belong to one day.</summary>
internal sealed class DayShare(int day, int room)
{
    private readonly List<(EventAppend Append, int Index, long TimeMicros)> _events = new(room);

    public int Day => day;

    public int Count => _events.Count;

    public (EventAppend Append, int Index, long TimeMicros) this[int index] => _events[index];

    /// <summary>Shares out all events by day, oldest day first.</summary>
    public static IReadOnlyList<DayShare> Of(IReadOnlyList<EventAppend> appends, long nowMicros)
    {
        var shares = new SortedDictionary<int, DayShare>();
        // Nearly always all events are of one day.
        int total = appends.Sum(static append => append.Outcomes.Length);
        DayShare? last = null;
        foreach (EventAppend append in appends)
        {
            Span<HttpEvent> events = append.Events.Events;
            if (append.Outcomes.Length != events.Length) throw new ArgumentException($"{append.Outcomes.Length} outcomes are not one for each of {events.Length} events.", nameof(appends));
            for (int i = 0; i < events.Length; i++)
            {
                long time = EventTime.Of(events[i], nowMicros);
                int number = DayNumber.OfMicros(time);
                if (last is null || last.Day != number)
                {
                    if (!shares.TryGetValue(number, out last)) shares.Add(number, last = new DayShare(number, room: shares.Count == 0 ? total : 0));
                }
                last._events.Add((append, i, time));
            }
        }
        return [.. shares.Values];
    }
}
