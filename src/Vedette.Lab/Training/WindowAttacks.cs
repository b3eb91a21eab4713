using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Training;

/// <summary>Who attacked in which minute of a simulation. Noted by the thread that reads the traffic, asked by the one that analyses it.</summary>
internal sealed class WindowAttacks
{
    private const long MicrosPerMinute = 60_000_000;

    private readonly HashSet<(ulong Caller, long Minute)> _attacks = [];
    private readonly Lock _lock = new();

    /// <summary>Takes an event in; that of an attack marks its address and its principal.</summary>
    public void Note(TrafficEvent request, TruthEntry? truth)
    {
        if (truth is null || !truth.Type.IsAttack()) return;
        long minute = request.TimeMicros / MicrosPerMinute;
        lock (_lock)
        {
            if (NetworkAddress.TryParse(Encoding.ASCII.GetBytes(request.Client), out NetworkAddress address)) _attacks.Add((CallerKey.OfAddress(address), minute));
            if (request.ApiKey is not null) _attacks.Add((CallerKey.OfApiKey(request.ApiKey), minute));
            else if (request.User is not null) _attacks.Add((CallerKey.OfUser(request.User), minute));
            else if (request.Session is not null) _attacks.Add((CallerKey.OfSession(request.Session), minute));
        }
    }

    /// <summary>Whether a caller attacked in the minute that ends at a time.</summary>
    public bool IsAttack(ulong caller, long endMicros)
    {
        lock (_lock) return _attacks.Contains((caller, (endMicros - 1) / MicrosPerMinute));
    }
}
