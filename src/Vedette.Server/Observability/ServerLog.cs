using Microsoft.Extensions.Logging;

namespace Vedette.Server.Observability;

/// <summary>What the server as a whole has to say.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be opened, trying again every second: {Reason}")]
    public static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Settings stored earlier are not used: {Reason}")]
    public static partial void StoredSettingsWrong(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored traffic could not be replayed; baselines begin anew.")]
    public static partial void ReplayFailed(ILogger logger, Exception exception);
}
