namespace Vedette.Lab.Simulation;

/// <summary>Somebody who acts at times of his own: a session, a monitor, a source of an attack, the stream of arrivals.</summary>
internal abstract class Actor
{
    /// <summary>When it acts next, in event time.</summary>
    public long NextMicros;

    /// <summary>Acts at <see cref="NextMicros"/>: fills <paramref name="request"/> if it sends one, and moves <see cref="NextMicros"/> forward.</summary>
    public abstract ActorStep Act(World world, ref TrafficEvent request);
}

[Flags]
internal enum ActorStep
{
    /// <summary>Nothing was sent this time.</summary>
    Silent = 0,
    Sent = 1,

    /// <summary>The actor will not act again.</summary>
    Done = 2,
}

/// <summary>Actors by their next time, earliest first: a four-way heap, ties broken by order of entry so runs repeat exactly.</summary>
internal sealed class ActorQueue
{
    private (long Time, long Order, Actor Actor)[] _heap = new (long, long, Actor)[256];
    private long _order;

    public int Count { get; private set; }

    public Actor First => _heap[0].Actor;

    public void Add(Actor actor)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
        var entry = (actor.NextMicros, _order++, actor);
        int hole = Count++;
        while (hole > 0 && IsBefore(entry, _heap[(hole - 1) >> 2]))
        {
            _heap[hole] = _heap[(hole - 1) >> 2];
            hole = (hole - 1) >> 2;
        }
        _heap[hole] = entry;
    }

    /// <summary>Takes out the first actor.</summary>
    public void RemoveFirst()
    {
        var last = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0) SiftDown(last);
    }

    /// <summary>Puts the first actor where its new time belongs.</summary>
    public void ReplaceFirst()
    {
        var actor = First;
        SiftDown((actor.NextMicros, _order++, actor));
    }

    // Four children a node: half as many levels as a binary heap, and the comparisons of a level share a cache line or two.
    private void SiftDown((long Time, long Order, Actor Actor) entry)
    {
        int hole = 0;
        while (true)
        {
            int child = hole * 4 + 1;
            if (child >= Count) break;
            int best = child;
            for (int i = child + 1; i < Math.Min(child + 4, Count); i++)
                if (IsBefore(_heap[i], _heap[best])) best = i;
            if (!IsBefore(_heap[best], entry)) break;
            _heap[hole] = _heap[best];
            hole = best;
        }
        _heap[hole] = entry;
    }

    private static bool IsBefore(in (long Time, long Order, Actor Actor) a, in (long Time, long Order, Actor Actor) b) =>
        a.Time < b.Time || (a.Time == b.Time && a.Order < b.Order);
}
