using Vedette.ML.Tails;

namespace Vedette.Engine.Learning;

/// <summary>How rare a score is among the recent ordinary ones: begins with those of the training, and follows the traffic.</summary>
/// <remarks>Scores that only one in ten thousand ordinary ones reaches are not learnt from. Owned by one thread; a question may come from several between two lessons.</remarks>
internal sealed class RecentNull
{
    private const int Capacity = 4096;
    private const int RefitEvery = 1024;

    private readonly double[] _recent = new double[Capacity];
    private int _count;
    private int _next;
    private int _sinceRefit;
    private SpotTail _tail;

    /// <param name="sample">Scores of ordinary rows; at least ten.</param>
    public RecentNull(ReadOnlySpan<double> sample)
    {
        int stride = (sample.Length + Capacity - 1) / Capacity;
        for (int i = 0; i < sample.Length; i += stride) Keep(sample[i]);
        _tail = SpotTail.Fit(sample, new SpotTailOptions());
    }

    /// <summary>Chance of an ordinary score at least as high, in (0, 1]; 1 for NaN.</summary>
    public double PValue(double score) => _tail.PValue(score);

    public void Learn(double score)
    {
        if (!_tail.Update(score)) return;
        Keep(score);
        if (++_sinceRefit < RefitEvery) return;
        _sinceRefit = 0;
        _tail = SpotTail.Fit(_recent.AsSpan(0, _count), new SpotTailOptions());
    }

    private void Keep(double score)
    {
        _recent[_next] = score;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }
}
