namespace Vedette.Storage.Tests.Contract;

public sealed class PostgreSqlEventStoreTests : EventStoreContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlQueryTests : QueryContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlTrafficTests : TrafficContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlControlStoreTests : ControlStoreContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlResultStoreTests : ResultStoreContract<PostgreSqlUnderTest>;
