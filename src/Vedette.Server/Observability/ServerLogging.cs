using NLog;
using Vedette.Server.Settings;

namespace Vedette.Server.Observability;

/// <summary>Begins and ends logging for a process that runs the server.</summary>
public static class ServerLogging
{
    public static void Begin(VedetteSettings settings) => LogSetup.Apply(settings.Logging, settings.DataFolder);

    /// <summary>Writes what is still waiting.</summary>
    public static void End() => LogManager.Shutdown();
}
