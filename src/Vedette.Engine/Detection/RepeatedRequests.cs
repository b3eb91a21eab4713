using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>Tells a client gone wrong from a crowd: callers who were there before ask the same of one route again and again.</summary>
/// <remarks>
/// A crowd is new and does what visitors do; a faulty release of an app, or clients that try again without end, make one route's requests out of callers who are known. Compared is what each route has beyond its own
/// last half hour of undisturbed minutes. Bounded by the number of routes.
/// </remarks>
internal sealed class RepeatedRequests
{
    private const double HalfLifeMinutes = 30;

    /// <summary>Share of all that is beyond the usual that one route must have, and of that, what repeats and what comes from callers known before.</summary>
    private const double OneRoute = 0.7;
    private const double Repeated = 0.6;
    private const double Known = 0.4;

    /// <summary>Fewer callers than this are found for themselves.</summary>
    private const int ManyCallers = 5;

    private readonly Dictionary<int, Usual> _usual = [];
    private long _minutes;

    /// <summary>Learns from an undisturbed minute.</summary>
    public void Learn(ServiceTick tick)
    {
        _minutes++;
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            _usual.TryGetValue(route, out Usual usual);
            _usual[route] = usual.At(_minutes).With(minute);
        }
    }

    /// <summary>The route that callers known before ask again and again in this minute, so that it alone makes traffic unusual; 0 if there is none.</summary>
    public int Find(ServiceTick tick)
    {
        (int found, double most, double total, Usual beyond) = (0, 0, 0, default);
        foreach ((int route, RouteMinute minute) in tick.Routes)
        {
            _usual.TryGetValue(route, out Usual usual);
            Usual excess = usual.At(_minutes).Below(minute);
            total += Math.Max(0, excess.Requests);
            if (route == 0 || excess.Requests <= most || minute.Callers < ManyCallers) continue;
            (found, most, beyond) = (route, excess.Requests, excess);
        }
        return most >= OneRoute * total && beyond.Returns >= Repeated * most && beyond.OfKnown >= Known * most ? found : 0;
    }

    /// <summary>What a route has in a minute, exponentially weighted.</summary>
    private readonly record struct Usual(double Requests, double Returns, double OfKnown, double Weight, long Minute)
    {
        private static readonly double Keep = Math.Pow(0.5, 1 / HalfLifeMinutes);

        /// <summary>As of a later minute, those without a request included.</summary>
        public Usual At(long minute)
        {
            double keep = Math.Pow(Keep, minute - Minute);
            return new Usual(keep * Requests, keep * Returns, keep * OfKnown, 1 - keep * (1 - Weight), minute);
        }

        public Usual With(RouteMinute minute)
        {
            double rate = 1 - Keep;
            return this with { Requests = Requests + rate * minute.Requests, Returns = Returns + rate * minute.Returns, OfKnown = OfKnown + rate * minute.KnownRequests };
        }

        /// <summary>What the minute has beyond it.</summary>
        public Usual Below(RouteMinute minute)
        {
            double scale = 1 / Math.Max(1 - Keep, Weight);
            return new Usual(minute.Requests - scale * Requests, minute.Returns - scale * Returns, minute.KnownRequests - scale * OfKnown, 1, Minute);
        }
    }
}
