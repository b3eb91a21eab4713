using Vedette.Engine.Events;

namespace Vedette.Storage.Events;

/// <summary>When an event is filed.</summary>
internal static class EventTime
{
    /// <summary>Its own time in microseconds since 1970, kept within [1970, 9999]; the time of writing if it has none.</summary>
    public static long Of(in HttpEvent request, long nowMicros) =>
        request.TimeMicros == HttpEvent.Unknown ? nowMicros : Math.Clamp(request.TimeMicros, 0, DayNumber.MaxMicros);
}
