using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>The service's traffic as a whole: far more, or far less, than a moment ago.</summary>
/// <remarks>
/// Requests a minute on a log scale against a level that follows within half an hour, so that day and night pass. More traffic is a success unless
/// the service suffers, and is noted with a low risk; a sudden silence is an outage somewhere.
/// </remarks>
internal sealed class TrafficDetector : IServiceDetector
{
    private const int MinMinutes = 30;
    private const double HalfLifeMinutes = 30;
    private const double MinSpread = 0.15;
    private const double Spreads = 6;
    private const double MinPerMinute = 20;

    private Episode _spike;
    private Episode _drop;

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        // How much of the traffic a sample shows is up to whoever draws it.
        if (tick.Service.Sampled > 0) return;
        long requests = tick.Service.Requests;
        double value = Math.Log2(requests + 1);
        ref RobustLevel level = ref tick.Baselines.RequestsPerMinute;
        double deviation = level.Deviation(value, MinSpread);
        bool isMature = level.Count >= MinMinutes && level.Level > Math.Log2(MinPerMinute);
        double normal = Math.Pow(2, level.Level);
        if (isMature && deviation > Spreads && value - level.Level > 1.3)
        {
            _spike.Abnormal(tick.Time, value - level.Level, requests);
            if (_spike.Minutes >= 3) found.Add(Spike(tick, requests, normal, deviation));
        }
        else
        {
            _spike.Normal();
        }
        if (isMature && deviation < -Spreads && level.Level - value > 2)
        {
            _drop.Abnormal(tick.Time, level.Level - value, requests);
            if (_drop.Minutes >= 3) found.Add(Drop(tick, requests, normal, deviation));
        }
        else
        {
            _drop.Normal();
        }
        bool isAccepted = Math.Max(_spike.Minutes, _drop.Minutes) is 0 or > 60;
        if (isAccepted) level.Add(value, HalfLifeMinutes, MinSpread);
    }

    private Finding Spike(ServiceTick tick, long requests, double normal, double deviation)
    {
        RouteMinute service = tick.Service;
        // What callers about whom something is raised provoke is their incidents' matter.
        long failed = service.ServerErrors + service.Throttled - service.SuspectErrors - service.SuspectThrottled;
        double errors = (double)failed / Math.Max(1, service.Requests - service.SuspectRequests);
        bool suffers = errors > 0.1;
        return RouteFindings.About(tick, 0, IncidentType.TrafficSpike, "traffic", Gaussian.UpperTail(Math.Min(10, deviation / 2)), suffers ? 0.5 : 0, _spike,
            $"{Phrase.Count(requests)} requests a minute, {Phrase.Count(requests / normal)} times as many as before ({Phrase.Count(normal)}), for {Phrase.Span(tick.Time - _spike.Since)}, from "
            + $"{Phrase.Of(service.Callers, "caller")}, {Phrase.Of(service.NewCallers, "new one")}. " + (suffers ? $"{Phrase.Percent(errors)} fail or are throttled." : "The service copes."),
            [new Driver("requests_per_minute", requests, Math.Round(normal, 1), 1)]);
    }

    private Finding Drop(ServiceTick tick, long requests, double normal, double deviation) =>
        RouteFindings.About(tick, 0, IncidentType.TrafficDrop, "traffic", Gaussian.UpperTail(Math.Min(10, -deviation / 2)), Math.Clamp(1 - requests / normal, 0, 1) * 0.6, _drop,
            $"Only {Phrase.Count(requests)} requests a minute where {Phrase.Count(normal)} are normal, for {Phrase.Span(tick.Time - _drop.Since)}: something before the service, or the log itself, has stopped.",
            [new Driver("requests_per_minute", requests, Math.Round(normal, 1), 1)]);
}
