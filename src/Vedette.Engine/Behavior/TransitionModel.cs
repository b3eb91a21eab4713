namespace Vedette.Engine.Behavior;

/// <summary>First-order Markov model of routes: which request follows which, over all callers.</summary>
/// <remarks>
/// Learnt at ticks from counts handed over by the shards; probabilities are smoothed toward the routes' overall shares (absolute discounting,
/// H. Ney, U. Essen, R. Kneser, Computer Speech and Language 8(1), 1994), so a transition never seen costs what its target is worth.
/// Bounded: at most <see cref="MaxPairs"/> pairs; rarer ones are dropped first.
/// </remarks>
internal sealed class TransitionModel
{
    public const int MaxPairs = 1 << 16;
    private const double Discount = 0.5;

    private readonly Dictionary<long, int> _pairs = [];
    private readonly Dictionary<int, State> _states = [];
    private long _total;

    /// <summary>Transitions learnt.</summary>
    public long Total => _total;

    public static long Pair(int from, int to) => (long)from << 32 | (uint)to;

    /// <summary>Adds counts of one tick. Order does not matter.</summary>
    public void Learn(IReadOnlyDictionary<long, int> counts)
    {
        foreach ((long pair, int count) in counts)
        {
            int from = (int)(pair >> 32);
            int to = (int)pair;
            _total += count;
            State source = GetState(from);
            source.Out += count;
            GetState(to).In += count;
            if (_pairs.TryGetValue(pair, out int known)) _pairs[pair] = known + count;
            else if (_pairs.Count < MaxPairs)
            {
                _pairs.Add(pair, count);
                source.Successors++;
            }
        }
    }

    /// <summary>Brings the entropies up to date; called now and then, since it walks over all pairs.</summary>
    public void Refresh()
    {
        foreach (State state in _states.Values) state.Entropy = 0;
        foreach ((long pair, int count) in _pairs)
        {
            State source = _states[(int)(pair >> 32)];
            double p = (double)count / source.Out;
            source.Entropy -= p * Math.Log(p);
        }
    }

    /// <summary>How many nats more than usual for its state a transition surprises; 0 while the state is little known.</summary>
    public double Excess(int from, int to)
    {
        if (!_states.TryGetValue(from, out State? source) || source.Out < 50) return 0;
        long arrivals = _states.TryGetValue(to, out State? target) ? target.In : 0;
        double background = (arrivals + 0.5) / (_total + 1.0);
        _pairs.TryGetValue(Pair(from, to), out int count);
        double p = (Math.Max(0, count - Discount) + Discount * source.Successors * background) / source.Out;
        return -Math.Log(Math.Max(p, 1e-9)) - source.Entropy;
    }

    private State GetState(int route)
    {
        if (!_states.TryGetValue(route, out State? state)) _states.Add(route, state = new State());
        return state;
    }

    private sealed class State
    {
        public long Out;
        public long In;
        public int Successors;
        public double Entropy;
    }
}
