namespace Vedette.Engine.Normalization;

/// <summary>How many routes are told apart.</summary>
public sealed record RouteTableOptions
{
    /// <summary>Most routes kept; paths beyond share route 0. Default 4096.</summary>
    public int MaxRoutes { get; init; } = 4096;

    /// <summary>More different words than this in one place of a path are taken for names of objects. Default 60.</summary>
    public int MaxSiblings { get; init; } = 60;

    internal IEnumerable<string> Problems()
    {
        if (MaxRoutes is < 16 or > 1 << 20) yield return $"Routes:MaxRoutes is {MaxRoutes}; it must be from 16 to 1048576.";
        if (MaxSiblings is < 4 or > 100_000) yield return $"Routes:MaxSiblings is {MaxSiblings}; it must be from 4 to 100000.";
    }
}
