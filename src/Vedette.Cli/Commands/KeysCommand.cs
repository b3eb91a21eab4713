using System.CommandLine;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette keys</c>: who may use the server, on its store or through the running server.</summary>
internal static class KeysCommand
{
    /// <summary>The one action that makes a store where there is none.</summary>
    private const string CreateName = "create";

    public static Command Create() => new("keys", "Create, list, rotate and revoke API keys.") { CreateCreate(), CreateList(), CreateRotate(), CreateRevoke() };

    private static Command CreateCreate()
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", DefaultValueFactory = _ => "made on the command line" };
        var role = new Option<string>("--role") { Description = "ingest, viewer, analyst, admin or bouncer.", Required = true };
        var expires = new Option<string?>("--expires") { Description = "When it ends (RFC 3339), or after how long (30d, 12h). Default: never." };
        return WithStore(new Command(CreateName, "Make a key and print it, once.") { name, role, expires },
            (keys, parsed, cancel) => keys.CreateAsync(parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(expires), cancel));
    }

    private static Command CreateList() => WithStore(new Command("list", "List the keys, without their secrets."), static (keys, _, cancel) => keys.ListAsync(cancel));

    private static Command CreateRotate()
    {
        var id = new Argument<string>("ID") { Description = "Id of the key, as 'vedette keys list' shows it." };
        return WithStore(new Command("rotate", "Give a key a new text and print it, once; the old one is worth nothing at once.") { id }, (keys, parsed, cancel) => keys.RotateAsync(parsed.GetValue(id)!, cancel));
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("ID") { Description = "Id of the key, as 'vedette keys list' shows it." };
        return WithStore(new Command("revoke", "Take a key back.") { id }, (keys, parsed, cancel) => keys.RevokeAsync(parsed.GetValue(id)!, cancel));
    }

    private static Command WithStore(Command command, Func<IKeyDesk, ParseResult, CancellationToken, Task<int>> run)
    {
        var data = new Option<string?>("--data") { Description = "Folder of the embedded store; with DATABASE_URL or a settings file, what they say. Default: ./data." };
        var server = new Option<string?>("--server") { Description = "Address of a running server to ask instead of the store." };
        var key = new Option<string?>("--key") { Description = "An administrator's key, for --server. Default: VEDETTE_KEY, or AUTH_TOKEN." };
        var config = ConfigOption.Create();
        command.Add(data);
        command.Add(server);
        command.Add(key);
        command.Add(config);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(server) is { } address)
            {
                using var remote = new RemoteServer(address, parsed.GetValue(key));
                return await run(new RemoteKeyDesk(remote), parsed, cancellationToken);
            }
            var given = new Dictionary<string, string>();
            if (parsed.GetValue(data) is { } folder) given["Storage:Url"] = StorageOptions.UrlOf(folder);
            VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = parsed.GetValue(config), HonorsShortNames = true, CommandLine = given });
            await using var desk = await StoreKeyDesk.OpenAsync(settings, mayMake: command.Name == CreateName, cancellationToken);
            return await run(desk, parsed, cancellationToken);
        });
        return command;
    }
}
