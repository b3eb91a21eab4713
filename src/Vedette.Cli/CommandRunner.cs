using System.CommandLine;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli;

/// <summary>Parses the arguments, runs the command and turns every failure into one clear line and the right exit code.</summary>
internal static class CommandRunner
{
    /// <summary>A server that is told to stop first writes what it has accepted.</summary>
    private static readonly TimeSpan ServerTerminationTime = TimeSpan.FromMinutes(1);

    /// <summary>Any other command that is interrupted reports what it has; one that waits for input that does not come has nothing to wait for.</summary>
    private static readonly TimeSpan TerminationTime = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"vedette: {error.Message}");
            await Console.Error.WriteLineAsync("Try 'vedette --help', or 'vedette COMMAND --help'.");
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = IsServer(parsed) ? ServerTerminationTime : TerminationTime });
        }
        catch (Exception e) when (e is UsageException or SettingsException)
        {
            await Console.Error.WriteLineAsync($"vedette: {e.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync($"vedette: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static bool IsServer(ParseResult parsed) => parsed.CommandResult.Command.Name is "serve" or "demo";
}
