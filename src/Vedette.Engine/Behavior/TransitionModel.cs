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
    private const int MinKnown = 50;
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
                _states[to].Predecessors++;
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
        foreach (ref State state in _states.AsSpan()) state.Entropy = state.ArrivalEntropy = 0;
        foreach (int slot in _used)
        {
            ref State source = ref _states[(int)(_pairs[slot] >> 32)];
            ref State target = ref _states[(int)_pairs[slot]];
            source.Entropy += Information((double)_counts[slot] / source.Departures);
            target.ArrivalEntropy += Information((double)_counts[slot] / target.Arrivals);
        }
    }

    /// <summary>
    /// How many nats more than usual a transition surprises: of all that leave the one route, or of all that come to the other, whichever more. Who pays without an order is noticed where he arrives, however
    /// seldom the place is used that he comes from. 0 while both are little known.
    /// </summary>
    public double Excess(int from, int to)
    {
        State source = StateOf(from), target = StateOf(to);
        double count = Math.Max(0, _counts[Find(Pair(from, to))] - Discount);
        double forward = source.Departures < MinKnown ? 0 : Surprisal(count + Discount * source.Successors * ShareOf(target.Arrivals), source.Departures) - source.Entropy;
        double backward = target.Arrivals < MinKnown ? 0 : Surprisal(count + Discount * target.Predecessors * ShareOf(source.Departures), target.Arrivals) - target.ArrivalEntropy;
        return Math.Max(forward, backward);
    }

    /// <summary>True if many come to a route by this way, and at least a fifth of all who come there.</summary>
    public bool IsUsual(int from, int to)
    {
        const int many = 20, one = 5;
        long count = _counts[Find(Pair(from, to))];
        return count >= many && count * one >= StateOf(to).Arrivals;
    }

    private State StateOf(int route) => route < _states.Length ? _states[route] : default;

    private double ShareOf(long count) => (count + 0.5) / (Total + 1.0);

    private static double Surprisal(double count, long total) => -Math.Log(Math.Max(count / total, 1e-9));

    private static double Information(double p) => -p * Math.Log(p);

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
        public int Predecessors;

        /// <summary>Of where one goes from here, and of where one comes from, in nats.</summary>
        public double Entropy;
        public double ArrivalEntropy;
    }
}
