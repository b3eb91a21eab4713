namespace Vedette.Engine.Behavior;

/// <summary>Learns a Beta prior from the shares of many callers by the method of moments, forgetting slowly.</summary>
/// <remarks>
/// Starts from a stated prior and moves to the data as callers come in. The sureness is kept within bounds: traffic that happened to be uniform
/// must not make the next ordinary caller look impossible.
/// </remarks>
internal sealed class BetaPrior(double priorMean, double priorTrials, double minTrials, double maxTrials)
{
    private const double PriorWeight = 20;

    private double _weight;
    private double _shares;
    private double _pairWeight;
    private double _squares;

    public BetaBinomial Current { get; private set; } = BetaBinomial.WithMean(priorMean, priorTrials);

    /// <summary>Adds one caller: <paramref name="count"/> of <paramref name="trials"/>. Callers with few trials count less.</summary>
    public void Add(int count, int trials)
    {
        if (trials <= 0) return;
        double weight = trials / (trials + priorTrials);
        _weight += weight;
        _shares += weight * count / trials;
        if (trials < 2) return;
        // Of two trials of one caller both count: free of the binomial noise that a squared share would carry.
        _pairWeight += weight;
        _squares += weight * count * (count - 1.0) / (trials * (trials - 1.0));
    }

    /// <summary>Adds what another part of the work collected.</summary>
    public void Add(BetaPrior other)
    {
        _weight += other._weight;
        _shares += other._shares;
        _pairWeight += other._pairWeight;
        _squares += other._squares;
    }

    /// <summary>Forgets what was added and not yet made to count.</summary>
    public void Clear() => _weight = _shares = _pairWeight = _squares = 0;

    /// <summary>Makes what was added count, and lets the past count <paramref name="keep"/> times as much from now on.</summary>
    public void Update(double keep)
    {
        double mean = Math.Clamp((_shares + PriorWeight * priorMean) / (_weight + PriorWeight), 0.001, 0.9);
        double priorSquare = priorMean * priorMean + priorMean * (1 - priorMean) / (priorTrials + 1);
        double variance = Math.Max(1e-9, (_squares + PriorWeight * priorSquare) / (_pairWeight + PriorWeight) - mean * mean);
        double trials = Math.Clamp(mean * (1 - mean) / variance - 1, minTrials, maxTrials);
        Current = BetaBinomial.WithMean(mean, trials);
        _weight *= keep;
        _shares *= keep;
        _pairWeight *= keep;
        _squares *= keep;
    }
}
