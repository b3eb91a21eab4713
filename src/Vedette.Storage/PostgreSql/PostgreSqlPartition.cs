using System.Globalization;
using Npgsql;
using Vedette.Storage.Events;

namespace Vedette.Storage.PostgreSql;

/// <summary>The partition of one UTC day.</summary>
/// <param name="Day">Days since 1970.</param>
/// <param name="Bytes">Size on disk with indexes.</param>
internal sealed record PostgreSqlPartition(int Day, long Bytes)
{
    private const string Prefix = "events_";

    /// <summary>For example <c>events_20261121</c>: made of digits only, so it may stand in SQL.</summary>
    public static string NameOf(int day) => Prefix + DayNumber.Name(day).Replace("-", "", StringComparison.Ordinal);

    /// <summary>Creates the table of a day; inside a transaction.</summary>
    public static async ValueTask CreateAsync(NpgsqlConnection connection, int day, CancellationToken cancellationToken)
    {
        long first = day * DayNumber.MicrosPerDay / DayNumber.MicrosPerMillisecond, end = (day + 1) * DayNumber.MicrosPerDay / DayNumber.MicrosPerMillisecond;
        string name = NameOf(day);
        // Attaching a table that stands alone, unlike creating a partition, does not wait for readers of the other days nor make them wait.
        await using var create = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE {name} (LIKE events INCLUDING DEFAULTS, CHECK (time_ms >= {first} AND time_ms < {end}));
            ALTER TABLE events ATTACH PARTITION {name} FOR VALUES FROM ({first}) TO ({end});
            """), connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The partitions there are, oldest first.</summary>
    public static async ValueTask<IReadOnlyList<PostgreSqlPartition>> AllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand("""
            SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'events'::regclass ORDER BY c.relname
            """, connection);
        await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<PostgreSqlPartition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            string digits = reader.GetString(0)[Prefix.Length..];
            if (digits.Length == 8 && DayNumber.TryParse($"{digits[..4]}-{digits[4..6]}-{digits[6..]}", out int day)) partitions.Add(new PostgreSqlPartition(day, reader.GetInt64(1)));
        }
        return partitions;
    }
}
