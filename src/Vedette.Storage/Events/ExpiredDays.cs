namespace Vedette.Storage.Events;

/// <summary>Tells which days a retention policy deletes. Asked day by day, oldest first, until one stays.</summary>
internal sealed class ExpiredDays
{
    private readonly RetentionPolicy _policy;
    private readonly int _today;
    private readonly long _oldestMicros;
    private long _size;

    public ExpiredDays(RetentionPolicy policy, DateTimeOffset now, long size)
    {
        _policy = policy;
        _size = size;
        long nowMicros = DayNumber.ToMicros(now);
        _today = DayNumber.OfMicros(nowMicros);
        _oldestMicros = nowMicros - (long)Math.Min(policy.MaxAge.TotalMicroseconds, DayNumber.MaxMicros);
    }

    /// <summary>True if the day is to be deleted; its bytes are then taken to be free. The current day and later ones stay.</summary>
    public bool Contains(int day, long bytes)
    {
        bool isOld = (day + 1) * DayNumber.MicrosPerDay <= _oldestMicros;
        bool isTooMuch = _policy.MaxBytes > 0 && _size > _policy.MaxBytes;
        if (day >= _today || !(isOld || isTooMuch)) return false;
        _size -= bytes;
        return true;
    }
}
