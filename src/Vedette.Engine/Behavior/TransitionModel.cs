namespace Vedette.Engine.Behavior;

/// <summary>First-order Markov model of routes: which request follows which, over all callers.</summary>
/// <remarks>
/// Learnt at ticks from counts handed over by the shards; probabilities are smoothed toward the routes' overall shares (absolute discounting,
/// H. Ney, U. Essen, R. Kneser, Computer Speech and Language 8(1), 1994), so a transition never seen costs what its target is worth.
/// Bounded: pairs are kept until the table is half full.
/// </remarks>
internal sealed class TransitionModel
{
    /// <summary>Most pairs of routes kept.</summary>
    public const int MaxPairs = 1 << 16;

    private const double Discount = 0.5;
    private const int MinDepartures = 50;
    private const int TableMask = 2 * MaxPairs - 1;

    // Open addressing: a dictionary would cost the hot path three times as much.
    private readonly long[] _pairs = new long[TableMask + 1];
    private readonly int[] _counts = new int[TableMask + 1];
    private readonly List<int> _used = [];
    private int _sorted;
    private State[] _states = new State[256];

    /// <summary>Transitions learnt.</summary>
    public long Total { get; private set; }

    /// <summary>Two routes as one number above 0; routes are numbered from 1.</summary>
    public static long Pair(int from, int to) => (long)from << 32 | (uint)to;

    /// <summary>Adds counts of one tick. Order does not matter.</summary>
    public void Learn(IReadOnlyDictionary<long, int> counts)
    {
        foreach ((long pair, int count) in counts)
        {
            int from = (int)(pair >> 32);
            int to = (int)pair;
            if (Math.Max(from, to) >= _states.Length) Array.Resize(ref _states, Math.Max(_states.Length * 2, Math.Max(from, to) + 1));
            Total += count;
            _states[from].Departures += count;
            _states[to].Arrivals += count;
            int slot = Find(pair);
            if (_pairs[slot] == 0)
            {
                if (_used.Count == MaxPairs) continue;
                _used.Add(slot);
                _pairs[slot] = pair;
                _states[from].Successors++;
            }
            _counts[slot] += count;
        }
    }

    /// <summary>Brings the entropies up to date; called now and then, since it walks over all pairs.</summary>
    public void Refresh()
    {
        // Always in the same order: a sum of fractions depends on it.
        if (_sorted != _used.Count) _used.Sort();
        _sorted = _used.Count;
        foreach (ref State state in _states.AsSpan()) state.Entropy = 0;
        foreach (int slot in _used)
        {
            ref State source = ref _states[(int)(_pairs[slot] >> 32)];
            double p = (double)_counts[slot] / source.Departures;
            source.Entropy -= p * Math.Log(p);
        }
    }

    /// <summary>How many nats more than usual for its state a transition surprises; 0 while the state is little known.</summary>
    public double Excess(int from, int to)
    {
        if (from >= _states.Length || _states[from].Departures < MinDepartures) return 0;
        ref readonly State source = ref _states[from];
        long arrivals = to < _states.Length ? _states[to].Arrivals : 0;
        double background = (arrivals + 0.5) / (Total + 1.0);
        int count = _counts[Find(Pair(from, to))];
        double p = (Math.Max(0, count - Discount) + Discount * source.Successors * background) / source.Departures;
        return -Math.Log(Math.Max(p, 1e-9)) - source.Entropy;
    }

    private int Find(long pair)
    {
        int slot = (int)((ulong)pair * 0x9E3779B97F4A7C15UL >> 40) & TableMask;
        while (_pairs[slot] != 0 && _pairs[slot] != pair) slot = (slot + 1) & TableMask;
        return slot;
    }

    private struct State
    {
        public long Departures;
        public long Arrivals;
        public int Successors;
        public double Entropy;
    }
}
