namespace Vedette.Storage.Tests.Contract;

public sealed class SqliteEventStoreTests : EventStoreContract<SqliteUnderTest>;

public sealed class SqliteQueryTests : QueryContract<SqliteUnderTest>;

public sealed class SqliteTrafficTests : TrafficContract<SqliteUnderTest>;

public sealed class SqliteControlStoreTests : ControlStoreContract<SqliteUnderTest>;

public sealed class SqliteResultStoreTests : ResultStoreContract<SqliteUnderTest>;
