using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>Numbers in place of texts that repeat in one day's file: routes, user agents, hosts. Bounded; texts beyond are stored in the row.</summary>
internal sealed class SqliteTerms
{
    private const int MaxTerms = 131_072;
    private const int MaxTextTerms = 65_536;
    private const int MaxLength = 512;

    private readonly Dictionary<byte[], long> _ids = new(Utf8Comparer.Instance);
    private readonly List<byte[]> _uncommitted = [];
    private readonly SqliteStatement _insert;
    private long _last;

    public SqliteTerms(SqliteDatabase database)
    {
        _insert = database.Prepared("INSERT INTO terms (id, text) VALUES (?, ?)");
        using SqliteStatement all = database.Prepare("SELECT id, text FROM terms");
        while (all.Step())
        {
            _last = Math.Max(_last, all.Int64(0));
            _ids[all.Bytes(1).ToArray()] = all.Int64(0);
        }
    }

    /// <summary>The number of a text; a new one if there is room. Routes may use room that other texts may not.</summary>
    public bool TryGet(ReadOnlySpan<byte> text, bool isRoute, out long id)
    {
        if (_ids.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out id)) return true;
        if (_ids.Count >= (isRoute ? MaxTerms : MaxTextTerms) || text.Length > MaxLength) return false;
        byte[] copy = text.ToArray();
        id = _last + 1;
        _insert.Bind(1, id);
        _insert.BindText(2, copy);
        _insert.Execute();
        _last = id;
        _ids.Add(copy, id);
        _uncommitted.Add(copy);
        return true;
    }

    public void Committed() => _uncommitted.Clear();

    public void RolledBack()
    {
        foreach (byte[] text in _uncommitted) _ids.Remove(text);
        _uncommitted.Clear();
    }
}
