using Microsoft.Extensions.Logging;
using Vedette.Server.Ingestion;
using Vedette.Storage;

namespace Vedette.Server.Inputs;

/// <summary>The inputs beside HTTP, as the settings name them. One that fails says so and leaves the others alone.</summary>
internal sealed partial class OtherDoors(InputOptions options, EventIntake intake, Store store, TimeProvider time, ILoggerFactory logs)
{
    private readonly ILogger _log = logs.CreateLogger<OtherDoors>();

    /// <summary>Runs all of them until they are cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var running = options.Files.Distinct(StringComparer.Ordinal)
            .Select(path => GuardAsync(path, new FileFollower(path, options, intake, store, time, logs.CreateLogger<FileFollower>()).RunAsync(cancellationToken))).ToList();
        running.Add(GuardAsync("syslog", new SyslogListener(options, intake, time, logs.CreateLogger<SyslogListener>()).RunAsync(cancellationToken)));
        return Task.WhenAll(running);
    }

    private async Task GuardAsync(string name, Task door)
    {
        try
        {
            await door;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogEnded(e, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The input {Name} has ended; correct what is wrong and start again.")]
    private partial void LogEnded(Exception exception, string name);
}
