namespace Vedette.Storage.Traffic;

/// <summary>What differs between databases in reading roll-ups.</summary>
/// <param name="BeginRead">Begins a transaction that sees one snapshot.</param>
/// <param name="KeyIsListed">Condition that a row's key is in the parameter <c>@keys</c>.</param>
/// <param name="RouteOfDetail">The route template in the detail of a pair.</param>
/// <param name="RowsOfFewKeys">The table, to be read for one or few keys.</param>
internal sealed record TrafficDialect(string BeginRead, string KeyIsListed, string RouteOfDetail, string RowsOfFewKeys)
{
    // SQLite keeps no statistics here, and would read all keys of the time to find a few.
    public static readonly TrafficDialect Sqlite = new("BEGIN", "key IN (SELECT value FROM json_each(@keys))", "substr(detail, instr(detail, ' ') + 1)", "traffic INDEXED BY traffic_key");

    public static readonly TrafficDialect PostgreSql = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "key = ANY(@keys)", "substr(detail, strpos(detail, ' ') + 1)", "traffic");

    /// <summary>The value of <c>@keys</c>.</summary>
    public object KeyList(IReadOnlyCollection<string> keys) => this == Sqlite ? System.Text.Json.JsonSerializer.Serialize(keys) : keys.ToArray();
}
