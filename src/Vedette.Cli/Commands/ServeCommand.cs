using System.CommandLine;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette serve</c>: the server with API and dashboard, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of the embedded store. Default: ./data." };
        var port = new Option<string?>("--port") { Description = "TCP port; 0 takes a free one. Default: 8080." };
        var host = new Option<string?>("--host") { Description = "Address to listen on; 0.0.0.0 for the network. Default: 127.0.0.1." };
        var config = ConfigOption.Create();
        var printConfig = new Option<bool>("--print-config") { Description = "Show what is in force and where each value came from, and end." };
        var command = new Command("serve", "Run the server: takes traffic in over HTTP, keeps it, judges it, and shows it.") { data, port, host, config, printConfig };
        command.SetAction((parsed, cancellationToken) =>
        {
            var given = new Dictionary<string, string>();
            if (parsed.GetValue(data) is { } folder) given["Storage:Url"] = StorageOptions.UrlOf(folder);
            if (parsed.GetValue(port) is { } number) given["Server:Port"] = number;
            if (parsed.GetValue(host) is { } address) given["Server:Host"] = address;
            var sources = new SettingsSources { File = parsed.GetValue(config), HonorsShortNames = true, CommandLine = given };
            return ServeRun.RunAsync(sources, parsed.GetValue(printConfig), cancellationToken);
        });
        return command;
    }
}
