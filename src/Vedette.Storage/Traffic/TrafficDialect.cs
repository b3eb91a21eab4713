namespace Vedette.Storage.Traffic;

/// <summary>What differs between databases in reading roll-ups.</summary>
/// <param name="BeginRead">Begins a transaction that sees one snapshot.</param>
/// <param name="KeyIsListed">Condition that a row's key is in the parameter <c>@keys</c>.</param>
/// <param name="RouteOfDetail">The route template in the detail of a pair.</param>
internal sealed record TrafficDialect(string BeginRead, string KeyIsListed, string RouteOfDetail)
{
    public static readonly TrafficDialect Sqlite = new("BEGIN", "key IN (SELECT value FROM json_each(@keys))", "substr(detail, instr(detail, ' ') + 1)");

    public static readonly TrafficDialect PostgreSql = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "key = ANY(@keys)", "substr(detail, strpos(detail, ' ') + 1)");

    /// <summary>The value of <c>@keys</c>.</summary>
    public object KeyList(IReadOnlyCollection<string> keys) => this == Sqlite ? System.Text.Json.JsonSerializer.Serialize(keys) : keys.ToArray();
}
