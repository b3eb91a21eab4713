namespace Vedette.Server.Tests;

/// <summary>The system's clock, put forward by as much as a test wants; timers run as ever.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shiftTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _shiftTicks));

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _shiftTicks, by.Ticks);
}
