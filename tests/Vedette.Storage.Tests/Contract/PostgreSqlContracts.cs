using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Contract;

public sealed class PostgreSqlEventStoreTests : EventStoreContract<PostgreSqlUnderTest>
{
    [Fact]
    public async Task AServerThatFoundAnotherOneWritingTakesOverWhenThatEnds()
    {
        await Events.AppendAsync(new SampleEvent(Noon));
        await using Store second = StoreFactory.Create(Options, Time);
        await second.Events.OpenAsync(default);
        Assert.Contains("another Vedette process", await second.Events.ProblemAsync(default), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await second.Events.AppendAsync(new SampleEvent(Noon)));
        await Store.DisposeAsync();
        Assert.Null(await second.Events.ProblemAsync(default));
        await second.Events.AppendAsync(new SampleEvent(Noon.AddSeconds(1)));
        Assert.Equal(2, await second.Events.CountAsync(new EventQuery(), 10, default));
    }
}

public sealed class PostgreSqlQueryTests : QueryContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlTrafficTests : TrafficContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlControlStoreTests : ControlStoreContract<PostgreSqlUnderTest>;

public sealed class PostgreSqlResultStoreTests : ResultStoreContract<PostgreSqlUnderTest>;
