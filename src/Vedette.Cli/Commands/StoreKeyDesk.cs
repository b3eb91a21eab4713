using Vedette.Server.Access;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Cli.Commands;

/// <summary>Manages keys on the store; a running server takes the change over within seconds.</summary>
internal sealed class StoreKeyDesk : IKeyDesk, IAsyncDisposable
{
    private readonly Store _store;

    private StoreKeyDesk(Store store) => _store = store;

    /// <exception cref="UsageException">There is no store, and none may be made.</exception>
    public static async Task<StoreKeyDesk> OpenAsync(VedetteSettings settings, bool mayMake, CancellationToken cancellationToken)
    {
        if (!mayMake && (await StoreInspector.LookAsync(settings.Storage, cancellationToken)).Age == StoreAge.Absent)
            throw new UsageException($"There is no store at {SettingsReport.MaskPassword(settings.Storage.Url)}, so there are no keys. Name the folder with --data; 'vedette keys create' or the server's first start makes a store.");
        Store store = StoreFactory.Create(settings.Storage, TimeProvider.System);
        await store.Control.OpenAsync(cancellationToken);
        return new StoreKeyDesk(store);
    }

    public async Task<int> CreateAsync(string name, string role, string? expires, CancellationToken cancellationToken)
    {
        if (!Roles.TryParse(role, out Role known)) throw new UsageException($"--role is '{role}'; it must be one of {string.Join(", ", Roles.Names)}.");
        if (!ApiKey.IsName(name)) throw new UsageException($"--name must be 1 to {ApiKey.MaxName} characters.");
        (KeyRecord key, string text) = ApiKey.Create(name, known, DateTimeOffset.UtcNow, KeyPrinter.Expiry(expires));
        await _store.Control.SaveKeyAsync(key, cancellationToken);
        await NoteAsync("key.create", key, cancellationToken);
        return KeyPrinter.Secret(key.Id, key.Role, text);
    }

    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        KeyPrinter.Header();
        foreach (KeyRecord key in await _store.Control.KeysAsync(cancellationToken)) KeyPrinter.Row(key.Id, key.Role, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.Name);
        return ExitCode.Done;
    }

    public async Task<int> RotateAsync(string id, CancellationToken cancellationToken)
    {
        KeyRecord key = await FindAsync(id, cancellationToken);
        if (ApiKey.EndOf(key, DateTimeOffset.UtcNow) is { } end) throw new UsageException($"Key {id} is {end} and stays so; make a new one with 'vedette keys create'.");
        (KeyRecord rotated, string text) = ApiKey.Rotate(key, DateTimeOffset.UtcNow);
        await _store.Control.SaveKeyAsync(rotated, cancellationToken);
        await NoteAsync("key.rotate", key, cancellationToken);
        return KeyPrinter.Secret(rotated.Id, rotated.Role, text);
    }

    public async Task<int> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        KeyRecord key = await FindAsync(id, cancellationToken);
        if (key.RevokedAt is null) await _store.Control.SaveKeyAsync(key with { RevokedAt = DateTimeOffset.UtcNow }, cancellationToken);
        await NoteAsync("key.revoke", key, cancellationToken);
        await Console.Error.WriteLineAsync($"vedette: key {id} is revoked.");
        return ExitCode.Done;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<KeyRecord> FindAsync(string id, CancellationToken cancellationToken) =>
        (await _store.Control.KeysAsync(cancellationToken)).FirstOrDefault(key => key.Id == id) ?? throw new UsageException($"There is no key '{id}'; 'vedette keys list' shows them.");

    private ValueTask NoteAsync(string action, KeyRecord key, CancellationToken cancellationToken) =>
        _store.Control.AddAuditAsync(new AuditRecord(DateTimeOffset.UtcNow, "command line", action, $"{key.Id} {key.Role} {key.Name}", "local"), cancellationToken);
}
