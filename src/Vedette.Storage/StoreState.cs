namespace Vedette.Storage;

/// <summary>A store as it is seen from outside.</summary>
/// <param name="Version">What keeps it: <c>SQLite 3.46.1</c>.</param>
/// <param name="Age">Whether there is a store, and whether it is up to date.</param>
/// <param name="Bytes">Size of the events and their roll-ups; 0 unless it is current.</param>
/// <param name="Keys">API keys in it, revoked ones included; 0 unless it is current.</param>
public sealed record StoreState(string Version, StoreAge Age, long Bytes, int Keys);

/// <summary>A store's schema beside the one this program knows. A newer one is no state but a failure.</summary>
public enum StoreAge
{
    /// <summary>There is none yet; the first start makes it.</summary>
    Absent,

    /// <summary>An earlier version of the program made it; the next start brings it up to date.</summary>
    Older,
    Current,
}
