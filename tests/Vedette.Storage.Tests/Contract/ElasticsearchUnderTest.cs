using Vedette.Storage.Tests.Elasticsearch;

namespace Vedette.Storage.Tests.Contract;

/// <summary>Elasticsearch's API with nothing in it.</summary>
public sealed class ElasticsearchUnderTest : IStoreUnderTest
{
    private readonly ElasticsearchDouble _server = new();

    public StorageOptions Options => new() { Url = _server.Address };

    public ValueTask CreateAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
