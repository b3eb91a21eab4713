namespace Vedette.Engine.Behavior;

/// <summary>How those who take several items of one route take them: the parts of a page or a map come many at a time, and in the order of a list. The past fades.</summary>
internal sealed class TakingManner
{
    /// <summary>Before any data like so many who take one item after the other at leisure, in no order.</summary>
    private const double PriorTakers = 10;

    private double _takers;
    private double _ordered;
    private double _hasty;

    /// <summary>Share of others who take them in order, in [0, 1).</summary>
    /// <param name="own">The judged caller's own manner, which is left out.</param>
    public double OrderedShare(Manners own) => ShareOf(_ordered, own, Manners.Ordered);

    /// <summary>Share of others who take them faster than people go from one to the next, in [0, 1).</summary>
    /// <param name="own">The judged caller's own manner, which is left out.</param>
    public double HastyShare(Manners own) => ShareOf(_hasty, own, Manners.Hasty);

    public void Add(double takers, double ordered, double hasty) => (_takers, _ordered, _hasty) = (_takers + takers, _ordered + ordered, _hasty + hasty);

    /// <summary>Keeps <paramref name="keep"/> of all, in (0, 1].</summary>
    public void Decay(double keep) => (_takers, _ordered, _hasty) = (_takers * keep, _ordered * keep, _hasty * keep);

    private double ShareOf(double count, Manners own, Manners manner) =>
        Math.Max(0, count - ((own & manner) != 0 ? 1 : 0)) / (Math.Max(0, _takers - ((own & Manners.Known) != 0 ? 1 : 0)) + PriorTakers);
}

/// <summary>How one caller takes items of a route.</summary>
[Flags]
internal enum Manners : byte
{
    None = 0,

    /// <summary>It has taken enough of them to tell, and counts in the route's <see cref="TakingManner"/>.</summary>
    Known = 1,
    Ordered = 2,
    Hasty = 4,
}
