namespace Vedette.Storage.Traffic;

/// <summary>What a roll-up row counts. The numbers are stored: never change one.</summary>
internal enum TrafficKind : byte
{
    /// <summary>Everything; the key is empty.</summary>
    Total = 0,

    /// <summary>Key is the route template, detail the method.</summary>
    Route = 1,

    /// <summary>Key is the client address, or the name the log had in its place.</summary>
    Address = 2,

    /// <summary>Key is the user, else the hash of the API key.</summary>
    Principal = 3,

    /// <summary>Key is the client address, detail method and route template with a space between. Kept per hour only.</summary>
    RouteOfAddress = 4,
}

/// <summary>Length of the time a roll-up row counts. The numbers are minutes, and stored.</summary>
internal enum TrafficSpan
{
    Minute = 1,
    Hour = 60,
}

/// <summary>Bounds on the rows of one kind in one span of time; the least busy beyond count under the empty key.</summary>
internal static class TrafficBounds
{
    /// <summary>Most keys of one kind in memory per span of time; new ones beyond count under the empty key.</summary>
    public const int CellsInMemory = 32_768;

    public static int RowsOf(TrafficKind kind, TrafficSpan span) => kind switch
    {
        TrafficKind.Route => 4096,
        TrafficKind.RouteOfAddress => 4096,
        TrafficKind.Total => 1,
        _ => span == TrafficSpan.Minute ? 512 : 2048,
    };
}
