namespace Vedette.Storage.Events;

/// <summary>Which events; a property that is null filters nothing.</summary>
public sealed record EventQuery
{
    /// <summary>First event time, to the millisecond.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Event time after the last, to the millisecond.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Route template; a path as sent, if no route in the time asked for is called so.</summary>
    public string? Endpoint { get; init; }

    public string? Method { get; init; }

    /// <summary>Lowest status, inclusive.</summary>
    public int? MinStatus { get; init; }

    /// <summary>Highest status, inclusive.</summary>
    public int? MaxStatus { get; init; }

    /// <summary>Address, or a network in CIDR notation.</summary>
    public string? ClientIp { get; init; }

    public string? User { get; init; }

    public double? MinDurationMs { get; init; }

    /// <summary>Text that occurs in the user agent, case ignored.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Text that occurs in path, query or user agent, case ignored.</summary>
    public string? Text { get; init; }

    /// <summary>True: only events that belong to an incident or carry an attack.</summary>
    public bool? IsAnomaly { get; init; }

    /// <summary>How long a search goes on that has to go through other rows; then it ends with what it has found, and a cursor to go on from. Default 1.5 seconds.</summary>
    public TimeSpan? Patience { get; init; }
}
