namespace Vedette.Server.Api;

/// <summary>Times that can be asked about: no event is older, none comes later, and reckoning with what lies between goes past no end of the calendar.</summary>
internal static class TimeBounds
{
    public static DateTimeOffset First { get; } = DateTimeOffset.UnixEpoch;

    public static DateTimeOffset Last { get; } = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Clamp(DateTimeOffset time) => time < First ? First : time > Last ? Last : time;
}
