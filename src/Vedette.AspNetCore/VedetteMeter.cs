using System.Diagnostics.Metrics;

namespace Vedette.AspNetCore;

/// <summary>What the package counts about itself, on the meter <c>Vedette.AspNetCore</c>.</summary>
public sealed class VedetteMeter : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _recorded;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _refused;

    public VedetteMeter(IMeterFactory factory)
    {
        _meter = factory.Create("Vedette.AspNetCore");
        _recorded = _meter.CreateCounter<long>("vedette.calls.recorded", description: "Calls that were recorded.");
        _dropped = _meter.CreateCounter<long>("vedette.calls.dropped", description: "Calls that were not recorded for lack of room, or could not be delivered.");
        _delivered = _meter.CreateCounter<long>("vedette.calls.delivered", description: "Calls that were analysed here or accepted by the server.");
        _refused = _meter.CreateCounter<long>("vedette.calls.refused", description: "Calls refused by a decision.");
    }

    internal void Recorded() => _recorded.Add(1);

    internal void Dropped(long calls) => _dropped.Add(calls);

    internal void Delivered(long calls) => _delivered.Add(calls);

    internal void Refused(string type) => _refused.Add(1, new KeyValuePair<string, object?>("type", type));

    public void Dispose() => _meter.Dispose();
}
