namespace Vedette.Lab.Faults;

/// <summary>Requests no longer arrive: a network or a proxy before the service is cut.</summary>
internal sealed class TrafficLoss : Fault
{
    /// <summary>Share that is lost.</summary>
    public required double Share { get; init; }

    public override double LossRate => Share;
}
