using System.Buffers.Binary;
using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>A query as conditions on the rows of one day's file.</summary>
internal sealed class SqliteEventFilter
{
    /// <summary>User agents are terms in nearly all rows, so those that contain the text are looked up once, not row by row.</summary>
    private const string AgentContains = @"agent IN (SELECT id FROM terms WHERE text LIKE ? ESCAPE '\') OR (typeof(agent) = 'text' AND agent LIKE ? ESCAPE '\')";

    private readonly StringBuilder _sql = new();
    private readonly List<Action<SqliteStatement, int>> _bindings = [];

    /// <param name="query">The query; its times are not looked at.</param>
    /// <param name="database">The file.</param>
    /// <param name="isRoute">True if the endpoint is a route, false if it is a path.</param>
    public SqliteEventFilter(EventQuery query, SqliteDatabase database, bool isRoute)
    {
        if (query.Endpoint is { } endpoint) AddEndpoint(database, endpoint, isRoute);
        if (query.Method is { } method) AddTerm(database, "method", method);
        if (query.MinStatus is { } minStatus) Add("status >= ?", minStatus);
        if (query.MaxStatus is { } maxStatus) Add("status <= ?", maxStatus);
        if (query.ClientIp is { } client) AddClient(client);
        if (query.User is { } user) Add("user = ?", user);
        if (query.MinDurationMs is { } duration) Add("duration >= ?", (long)Math.Ceiling(duration * 1000));
        if (query.IsAnomaly is { } isAnomaly) Add("flags & 1 = ?", isAnomaly ? 1 : 0);
        if (query.UserAgent is { Length: > 0 } agent) AddAgent(agent);
        if (query.Text is { Length: > 0 } text) AddText(text);
    }

    /// <summary>True if rows are found without going through others.</summary>
    public bool IsIndexed { get; private set; } = true;

    /// <summary>True if the index on routes leads to the rows, in the order of their keys.</summary>
    public bool UsesRouteIndex { get; private set; }

    /// <summary>True if no row can match.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Conditions, each with AND before.</summary>
    public string Sql => _sql.ToString();

    /// <summary>Binds the conditions' values.</summary>
    /// <returns>Number of the next parameter.</returns>
    public int Bind(SqliteStatement statement, int first)
    {
        foreach (var bind in _bindings) bind(statement, first++);
        return first;
    }

    private void AddEndpoint(SqliteDatabase database, string endpoint, bool isRoute)
    {
        if (!isRoute)
        {
            Add("path = ?", endpoint);
            return;
        }
        long? term = TermOf(database, endpoint);
        IsEmpty |= term is null;
        UsesRouteIndex = true;
        _sql.Append(" AND route = ?");
        _bindings.Add((statement, at) => statement.Bind(at, term ?? -1));
    }

    private void AddTerm(SqliteDatabase database, string column, string text)
    {
        IsIndexed = false;
        long term = TermOf(database, text) ?? -1;
        _sql.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND {column} IN (?, ?)");
        _bindings.Add((statement, at) => statement.Bind(at, term));
        _bindings.Add((statement, at) => statement.BindText(at, text));
    }

    private void AddClient(string client)
    {
        if (!NetworkRange.TryParse(client, out NetworkRange range))
        {
            Add("client = ?", client);
            return;
        }
        IsIndexed = false;
        (NetworkAddress first, NetworkAddress last) = ClientRange.Of(range);
        _sql.Append(" AND client BETWEEN ? AND ?");
        _bindings.Add((statement, at) => BindAddress(statement, at, first));
        _bindings.Add((statement, at) => BindAddress(statement, at, last));
    }

    /// <summary>IPv4 addresses are stored as numbers and IPv6 addresses as blobs; the two never compare equal.</summary>
    private static void BindAddress(SqliteStatement statement, int at, NetworkAddress address)
    {
        if (address.IsIPv4)
        {
            statement.Bind(at, (uint)address.Low);
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
        statement.BindBlob(at, bytes);
    }

    private void AddAgent(string text) => AddContaining($"({AgentContains})", 2, text);

    private void AddText(string text) => AddContaining($@"(path LIKE ? ESCAPE '\' OR query LIKE ? ESCAPE '\' OR {AgentContains})", 4, text);

    private void AddContaining(string condition, int patterns, string text)
    {
        IsIndexed = false;
        string pattern = LikePattern.Containing(text);
        _sql.Append(" AND ").Append(condition);
        for (int i = 0; i < patterns; i++) _bindings.Add((statement, at) => statement.BindText(at, pattern));
    }

    private void Add(string condition, long value)
    {
        IsIndexed = false;
        _sql.Append(" AND ").Append(condition);
        _bindings.Add((statement, at) => statement.Bind(at, value));
    }

    private void Add(string condition, string value)
    {
        IsIndexed = false;
        _sql.Append(" AND ").Append(condition);
        _bindings.Add((statement, at) => statement.BindText(at, value));
    }

    private static long? TermOf(SqliteDatabase database, string text)
    {
        SqliteStatement find = database.Prepared("SELECT id FROM terms WHERE text = ?");
        find.BindText(1, text);
        long? id = find.Step() ? find.Int64(0) : null;
        find.Reset();
        return id;
    }
}
