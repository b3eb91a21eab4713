namespace Vedette.Storage.PostgreSql;

/// <summary>Numbers of advisory locks. They hold within one database.</summary>
internal static class PostgreSqlLocks
{
    /// <summary>Tells ours from those of other programs: "VEDT".</summary>
    public const int Space = 0x56454454;

    public const int Migration = 1;

    /// <summary>Held by the one server that writes events.</summary>
    public const int EventWriter = 2;
}
