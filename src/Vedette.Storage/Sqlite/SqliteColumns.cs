using System.Buffers.Binary;
using SQLitePCL;
using Vedette.Engine.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Reads the columns whose values have several forms.</summary>
internal static class SqliteColumns
{
    /// <summary>Text of a column that holds a term's number or the text itself.</summary>
    public static string Term(string column) => $"CASE typeof({column}) WHEN 'integer' THEN (SELECT text FROM terms WHERE terms.id = events.{column}) ELSE {column} END";

    public const string Route = "(SELECT text FROM terms WHERE terms.id = events.route)";

    /// <summary>The client's address; the stand-in of its name where it has one.</summary>
    public static NetworkAddress ClientOf(SqliteStatement row, int column) => row.Type(column) switch
    {
        raw.SQLITE_INTEGER => NetworkAddress.FromIPv4((uint)row.Int64(column)),
        raw.SQLITE_BLOB => AddressOf(row.Bytes(column)),
        raw.SQLITE_TEXT => NetworkAddress.FromName(row.Bytes(column)),
        _ => default,
    };

    /// <summary>The client as it is shown; null if unknown.</summary>
    public static string? ClientText(SqliteStatement row, int column) => row.Type(column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_TEXT => row.Text(column),
        _ => ClientOf(row, column).ToString(),
    };

    private static NetworkAddress AddressOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 16 ? new NetworkAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])) : default;
}
