using System.Data.Common;
using System.Text;

namespace Vedette.Storage.Sql;

/// <summary>Conditions of a query with their values: values are never part of the SQL text.</summary>
internal sealed class SqlConditions
{
    private readonly StringBuilder _sql = new("1 = 1");
    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>Adds a condition unless the value is null; <c>@</c> stands for the value.</summary>
    public void Add(string condition, object? value)
    {
        if (value is null) return;
        string name = $"p{_values.Count}";
        _sql.Append(" AND ").Append(condition.Replace("@", "@" + name, StringComparison.Ordinal));
        _values.Add((name, value));
    }

    /// <summary>Adds a condition without a value.</summary>
    public void Add(string condition) => _sql.Append(" AND ").Append(condition);

    /// <summary>Rows after a cursor in a list ordered by time and id, newest first.</summary>
    public void AddAfter(string timeColumn, string idColumn, long time, object id)
    {
        string t = $"p{_values.Count}", i = $"p{_values.Count + 1}";
        _sql.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND ({timeColumn} < @{t} OR ({timeColumn} = @{t} AND {idColumn} < @{i}))");
        _values.Add((t, time));
        _values.Add((i, id));
    }

    /// <summary>The whole command; <paramref name="tail"/> is what follows the conditions.</summary>
    public DbCommand Command(DbConnection connection, string select, string tail)
    {
        DbCommand command = connection.Command($"{select} WHERE {_sql}{tail}");
        foreach ((string name, object? value) in _values) command.Bind(name, value);
        return command;
    }

    /// <summary>Reads one page; one row more than asked for tells whether there is another.</summary>
    public async ValueTask<Page<T>> PageAsync<T>(DbConnection connection, string select, string order, PageRequest page, Func<DbDataReader, T> read, Func<T, SqlCursor> cursorOf, CancellationToken cancellationToken)
    {
        if (page.Limit is < 1 or > 1000) throw new ArgumentException($"A page of {page.Limit} rows is not in 1 to 1000.", nameof(page));
        ArgumentOutOfRangeException.ThrowIfNegative(page.Skip, nameof(page));
        int skip = page.Cursor is null ? page.Skip : 0;
        await using DbCommand command = Command(connection, select, string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ORDER BY {order} LIMIT {page.Limit + 1} OFFSET {skip}"));
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<T>();
        while (items.Count < page.Limit && await reader.ReadAsync(cancellationToken)) items.Add(read(reader));
        bool isMore = items.Count == page.Limit && await reader.ReadAsync(cancellationToken);
        return new Page<T>(items, isMore ? cursorOf(items[^1]).ToString() : null);
    }
}
