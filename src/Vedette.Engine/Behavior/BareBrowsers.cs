namespace Vedette.Engine.Behavior;

/// <summary>How many of the browsers that stay a while fetch neither pictures nor scripts: they have them all from visits before, or are none. The past fades.</summary>
internal sealed class BareBrowsers
{
    /// <summary>Fewer browsers than these say nothing.</summary>
    private const double MinLasting = 30;

    /// <summary>Before any data half of them do, believed like so many.</summary>
    private const double PriorLasting = 4;

    /// <summary>Browsers that stayed.</summary>
    public double Lasting { get; private set; }

    /// <summary>Those of <see cref="Lasting"/> that had fetched no picture or script by then.</summary>
    public double Bare { get; private set; }

    /// <summary>Share of them that do so, in (0, 1); null while too few are known.</summary>
    public double? Share => Lasting < MinLasting ? null : (Bare + 0.5 * PriorLasting) / (Lasting + PriorLasting);

    public void Add(double lasting, double bare) => (Lasting, Bare) = (Lasting + lasting, Bare + bare);

    /// <summary>Keeps <paramref name="keep"/> of both, in (0, 1].</summary>
    public void Decay(double keep) => (Lasting, Bare) = (Lasting * keep, Bare * keep);
}
