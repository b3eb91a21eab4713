namespace Vedette.Engine.Forecasting;

/// <summary>Finds the routes that show something together.</summary>
/// <remarks>
/// D. B. Neill, "Fast subset scan for spatial pattern detection", JRSS B 74(2), 2012: where what a set explains is a function of two sums over its members, the best of all sets is one of the first so many
/// in the order of their quotients, O(n log n) instead of 2ⁿ. A price for each member keeps chance out; with it the answer is the best of those first so many, not of all sets.
/// </remarks>
internal sealed class SubsetScan
{
    private readonly List<(int Route, double Above, double Below)> _candidates = [];

    public void Clear() => _candidates.Clear();

    /// <summary>A route by its share in the two sums; <paramref name="below"/> is above 0.</summary>
    public void Add(int route, double above, double below) => _candidates.Add((route, above, below));

    /// <summary>Fills <paramref name="members"/> with the best of the first so many; none if none is worth its price.</summary>
    /// <param name="gain">Nats a set explains, from its two sums; convex, and growing with the first.</param>
    /// <param name="price">Nats a member costs.</param>
    /// <param name="members">Cleared first.</param>
    public void Choose(Func<double, double, double> gain, double price, HashSet<int> members)
    {
        _candidates.Sort(static (a, b) => (b.Above / b.Below).CompareTo(a.Above / a.Below) is var order and not 0 ? order : a.Route.CompareTo(b.Route));
        double best = 0, above = 0, below = 0;
        int count = 0;
        for (int i = 0; i < _candidates.Count; i++)
        {
            above += _candidates[i].Above;
            below += _candidates[i].Below;
            double worth = gain(above, below) - price * (i + 1);
            if (worth > best) (best, count) = (worth, i + 1);
        }
        members.Clear();
        for (int i = 0; i < count; i++) members.Add(_candidates[i].Route);
    }
}
