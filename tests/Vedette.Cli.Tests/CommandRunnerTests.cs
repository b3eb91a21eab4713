using System.CommandLine;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests;

/// <summary>Whatever is typed, what is wrong is said in one line and the exit code is one of four.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class CommandRunnerTests
{
    public static TheoryData<string> ReadingCommands => ["scan", "tail", "parse", "inspect", "outliers", "timeseries", "train", "evaluate", "dataset view", "query top"];

    /// <summary>What a shell makes of <c>"$LOG"</c> where nothing set it.</summary>
    [Theory, MemberData(nameof(ReadingCommands))]
    public async Task AnEmptyFileNameIsNoCrash(string command)
    {
        (int exit, string error) = await RunAsync([.. command.Split(' '), "", .. command == "evaluate" ? (string[])["--truth", ""] : []]);
        Assert.True(exit is ExitCode.Usage or ExitCode.Failure, error);
        Assert.StartsWith("vedette: The name of a file is empty.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulate --seed -1", "--seed is '-1'; it must be a whole number, 0 or more.")]
    [InlineData("simulate --hours abc", "--hours is 'abc'; it must be a number.")]
    [InlineData("simulate --start abc", "--start is 'abc'; it must be a time as 2026-05-04T10:30:00Z.")]
    [InlineData("simulate --campaigns 1.5", "--campaigns is '1.5'; it must be a whole number.")]
    public async Task AWrongValueIsNamedInWordsOfTheCommandLine(string arguments, string said)
    {
        (int exit, string error) = await RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("vedette: " + said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMistypedCommandIsUnknownRatherThanMissing()
    {
        (int exit, string error) = await RunAsync(["scam"]);
        Assert.Equal(ExitCode.Usage, exit);
        Assert.StartsWith("vedette: Unrecognized command or argument 'scam'.", error, StringComparison.Ordinal);
    }

    /// <summary>A mistake in the program still ends with an exit code that scripts know.</summary>
    [Fact]
    public async Task AnUnexpectedFailureIsAFailure()
    {
        var command = new Command("break");
        command.SetAction((Action<ParseResult>)(static _ => throw new InvalidOperationException("never seen before")));
        (int exit, string error) = await Workspace.RunAsync(command, ["break"]);
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("never seen before", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Error)> RunAsync(string[] args)
    {
        TextWriter before = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            return (await CommandRunner.RunAsync(VedetteCommand.Create(), args), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
