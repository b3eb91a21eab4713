using System.Collections;
using System.Globalization;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Demo;

/// <summary>What a demo runs with. It stands apart from what is installed: simulated attacks must reach nobody's alert channels, firewalls or databases.</summary>
internal static class DemoSettings
{
    /// <summary>How to reach the demo and get in. All other variables are about a real server, and so is a settings file in the working directory.</summary>
    private static readonly string[] Honored = ["AUTH_TOKEN", "HOST", "PORT"];

    /// <param name="folder">Where the data goes.</param>
    /// <param name="port">TCP port; null takes <c>PORT</c>, or the default.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="SettingsException">A variable that counts is wrong.</exception>
    public static VedetteSettings Load(string folder, int? port, IDictionary environment)
    {
        var given = new Dictionary<string, string>
        {
            ["Storage:Url"] = StorageOptions.UrlOf(folder),
            ["Logging:File"] = Path.Combine(folder, "vedette.log"),
            ["Models:TrainAutomatically"] = "false",
        };
        if (port is { } number) given["Server:Port"] = number.ToString(CultureInfo.InvariantCulture);
        return SettingsLoader.Load(new SettingsSources
        {
            UsesWorkingDirectory = false,
            HonorsShortNames = true,
            Environment = Honored.Where(environment.Contains).ToDictionary(static name => name, name => environment[name]),
            CommandLine = given,
        });
    }
}
