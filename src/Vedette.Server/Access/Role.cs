namespace Vedette.Server.Access;

/// <summary>What a key may do; each includes those before it, but for <see cref="Bouncer"/>, which may only read decisions.</summary>
public enum Role : byte
{
    /// <summary>Nobody: no key was given.</summary>
    Anonymous,

    /// <summary>Reads decisions, nothing else.</summary>
    Bouncer,

    /// <summary>Sends traffic, reads nothing.</summary>
    Ingest,
    Viewer,
    Analyst,
    Admin,
}

/// <summary>Names of <see cref="Role"/>.</summary>
public static class Roles
{
    /// <summary>The roles a key can have, as users write them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ingest", "viewer", "analyst", "admin", "bouncer"];

    public static string Name(this Role role) => role switch
    {
        Role.Bouncer => "bouncer",
        Role.Ingest => "ingest",
        Role.Viewer => "viewer",
        Role.Analyst => "analyst",
        Role.Admin => "admin",
        _ => "anonymous",
    };

    /// <summary>The role with this name; false for others and for none.</summary>
    public static bool TryParse(string? name, out Role role)
    {
        role = name switch
        {
            "ingest" => Role.Ingest,
            "viewer" => Role.Viewer,
            "analyst" => Role.Analyst,
            "admin" => Role.Admin,
            "bouncer" => Role.Bouncer,
            _ => Role.Anonymous,
        };
        return role != Role.Anonymous;
    }

    /// <summary>True if <paramref name="role"/> may do what asks for <paramref name="needed"/>.</summary>
    public static bool Includes(this Role role, Role needed) => needed switch
    {
        Role.Anonymous => true,
        Role.Bouncer => role is Role.Bouncer or Role.Analyst or Role.Admin,
        _ => role >= needed,
    };
}
