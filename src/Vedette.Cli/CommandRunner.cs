using System.CommandLine;
using System.Text.RegularExpressions;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli;

/// <summary>Parses the arguments, runs the command and turns every failure into one clear line and the right exit code.</summary>
internal static partial class CommandRunner
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
            foreach (string message in Messages(parsed)) await Console.Error.WriteLineAsync($"vedette: {message}");
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
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"vedette: this should not have happened; please report it with what follows.{Environment.NewLine}{e}");
            return ExitCode.Failure;
        }
    }

    /// <summary>What is wrong with the arguments, in words of the command line and not of the program.</summary>
    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        string[] messages = [.. parsed.Errors.Select(static error => error.Message)];
        // A mistyped command is missing as well; that it is unknown says more.
        bool isUnknown = Array.Exists(messages, static message => message.StartsWith("Unrecognized", StringComparison.Ordinal));
        foreach (string message in messages)
        {
            if (isUnknown && message.StartsWith("Required command", StringComparison.Ordinal)) continue;
            Match wrong = WrongType().Match(message);
            yield return wrong.Success ? $"{wrong.Groups["option"].Value} is '{wrong.Groups["value"].Value}'; it must be {Kind(wrong.Groups["type"].Value)}." : message;
        }
    }

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("UInt64", StringComparison.Ordinal) => "a whole number, 0 or more",
        _ when type.Contains("Int32", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Double", StringComparison.Ordinal) => "a number",
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "a time as 2026-05-04T10:30:00Z",
        _ => "something else",
    };

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'\\.$", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WrongType();

    private static bool IsServer(ParseResult parsed) => parsed.CommandResult.Command.Name is "serve" or "demo";
}
