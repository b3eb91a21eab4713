namespace Vedette.Storage.Tests.Contract;

/// <summary>A kind of store that the contract suites run over.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>Settings of an empty database of this test's own; after <see cref="CreateAsync"/>.</summary>
    StorageOptions Options { get; }

    ValueTask CreateAsync();
}
