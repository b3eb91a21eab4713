namespace Vedette.Storage.Tests.Contract;

[Trait("Row", "C11")]
public sealed class ElasticsearchEventStoreTests : EventStoreContract<ElasticsearchUnderTest>;

public sealed class ElasticsearchQueryTests : QueryContract<ElasticsearchUnderTest>;

public sealed class ElasticsearchTrafficTests : TrafficContract<ElasticsearchUnderTest>
{
    // Every event is summed up when it is asked for, so nobody is left out.
    private protected override (int Minute, int Hour) CallersKept => (3001, 3001);
}

public sealed class ElasticsearchControlStoreTests : ControlStoreContract<ElasticsearchUnderTest>;

public sealed class ElasticsearchResultStoreTests : ResultStoreContract<ElasticsearchUnderTest>;
