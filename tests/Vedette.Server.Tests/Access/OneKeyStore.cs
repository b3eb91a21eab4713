using Vedette.Server.Access;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Tests.Access;

/// <summary>A control store that holds one viewer's key and nothing else.</summary>
internal sealed class OneKeyStore : IControlStore
{
    private readonly KeyRecord _key;

    public OneKeyStore(DateTimeOffset? expiresAt, out string text) => (_key, text) = ApiKey.Create("one", Role.Viewer, TestEvents.Noon, expiresAt);

    public string KeyId => _key.Id;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<KeyRecord>> KeysAsync(CancellationToken cancellationToken) => new([_key]);

    public ValueTask SaveKeyAsync(KeyRecord key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<string?> SettingAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask SaveSettingAsync(string name, string json, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask SaveDecisionAsync(DecisionRecord decision, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<DecisionRecord>> DecisionsAsync(DateTimeOffset savedSince, DateTimeOffset endedSince, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask AddFeedbackAsync(FeedbackRecord feedback, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<FeedbackRecord>> FeedbackAsync(string? incident, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask SaveModelAsync(ModelRecord model, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ModelRecord>> ModelsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask AddAuditAsync(AuditRecord entry, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<AuditRecord>> AuditAsync(PageRequest page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
