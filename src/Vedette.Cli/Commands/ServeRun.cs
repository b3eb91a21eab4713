using Vedette.Engine.Redaction;
using Vedette.Server;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Commands;

/// <summary>Starts the server and waits. Apart from the command, so that no other command loads what the web needs.</summary>
internal static class ServeRun
{
    public static async Task<int> RunAsync(SettingsSources sources, bool printsConfig, CancellationToken cancellationToken)
    {
        VedetteSettings settings = SettingsLoader.Load(sources);
        if (printsConfig)
        {
            Console.Out.WriteLine(SettingsReport.Write(settings));
            return ExitCode.Done;
        }
        ServerLogging.Begin(settings);
        await using var server = new VedetteServer(settings, StoreFactory.Create(settings.Storage, TimeProvider.System, new Redactor(settings.Engine.Redaction)));
        await server.StartAsync(cancellationToken);
        await TellAsync(server, settings);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Console.Error.WriteLineAsync("vedette: stopping; what was accepted is being written.");
        await server.StopAsync();
        ServerLogging.End();
        return ExitCode.Done;
    }

    private static async ValueTask TellAsync(VedetteServer server, VedetteSettings settings)
    {
        TextWriter told = Console.Error;
        foreach (string address in server.Addresses) await told.WriteLineAsync($"vedette: listening on {address}");
        if (!server.Opened.IsCompleted) await told.WriteLineAsync($"vedette: the store at {SettingsReport.MaskPassword(settings.Storage.Url)} cannot be reached yet; ingestion answers 503 until it is.");
        if (server.FirstKey is not { } key) return;
        await told.WriteLineAsync("vedette: this is the first start. An administrator's key, shown this once:");
        await told.WriteLineAsync($"vedette:   {key}");
        if (server.CreateSignInLink() is { } link) await told.WriteLineAsync($"vedette: sign in, once, within 15 minutes: {link}");
    }
}
