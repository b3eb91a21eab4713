namespace Vedette.Storage.Tests.Contract;

/// <summary>The contract suites over SQLite.</summary>
public sealed class SqliteEventStoreTests : EventStoreContract<SqliteUnderTest>;
