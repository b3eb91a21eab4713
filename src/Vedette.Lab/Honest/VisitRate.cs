using Vedette.Lab.Simulation;

namespace Vedette.Lab.Honest;

/// <summary>Rate of ordinary visits over time: the season, steered so that the requests add up to what was planned.</summary>
/// <remarks>The mean length of a visit is heavy-tailed, so an estimate of it made beforehand is off by several percent; counting corrects it.</remarks>
internal sealed class VisitRate
{
    /// <summary>How far the rate may depart from the season.</summary>
    public const double MaxCorrection = 1.4;

    private readonly Season _season;
    private readonly double _meanPerMicro;
    private readonly double _inertia;
    private double _expected;
    private long _lastMicros;

    /// <param name="season">The season.</param>
    /// <param name="startMicros">When counting begins.</param>
    /// <param name="requestsPerMicro">Mean requests of all visits.</param>
    public VisitRate(Season season, long startMicros, double requestsPerMicro)
    {
        const double InertiaMicros = 3600e6;
        (_season, _lastMicros, _meanPerMicro) = (season, startMicros, requestsPerMicro);
        _inertia = requestsPerMicro * InertiaMicros;
    }

    /// <summary>Requests that visits have made.</summary>
    public long Sent { get; set; }

    /// <summary>Share of the highest rate, in [0, 1]. Times must not decrease from call to call.</summary>
    public double Level(long micros)
    {
        double level = _season.Level(micros);
        _expected += level * _meanPerMicro * (micros - _lastMicros);
        _lastMicros = micros;
        // What is missing is made up for within about an hour: far longer than a visit, so the loop cannot swing.
        double correction = Math.Clamp(1 + (_expected - Sent) / _inertia, 1 / MaxCorrection, MaxCorrection);
        return Math.Min(1, level / _season.Peak * correction / MaxCorrection);
    }
}
