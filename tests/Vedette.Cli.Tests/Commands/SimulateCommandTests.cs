using System.CommandLine;
using System.Diagnostics;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-simulate").FullName;

    [Fact]
    public async Task WritesTheLogAndItsLabels()
    {
        string log = Path.Combine(_folder, "a.log");
        string truth = Path.Combine(_folder, "a.truth");
        Assert.Equal(ExitCode.Done, await Run("simulate", "--hours", "0.5", "--rate", "100", "--seed", "4", "--out", log, "--truth", truth));
        Assert.InRange(File.ReadLines(log).Count(), 1500, 6000);
        Assert.Contains("\"type\":\"sql_injection\"", await File.ReadAllTextAsync(truth), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameSeedWritesTheSameBytes()
    {
        string first = Path.Combine(_folder, "b1.log");
        string second = Path.Combine(_folder, "b2.log");
        foreach (string file in new[] { first, second }) await Run("simulate", "--hours", "0.2", "--format", "json", "--api", "bank", "--out", file);
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
    }

    [Theory]
    [InlineData("--types", "no_such_attack")]
    [InlineData("--format", "xml")]
    [InlineData("--api", "nothing")]
    [InlineData("--hours", "0")]
    [InlineData("--attack-density", "2")]
    [InlineData("--intensity", "extreme")]
    [InlineData("--clean-lead", "99")]
    public async Task WrongArgumentsAreUsageErrors(string option, string value) =>
        Assert.Equal(ExitCode.Usage, await Run("simulate", option, value, "--out", Path.Combine(_folder, "c.log")));

    [Fact]
    public async Task AFileThatCannotBeWrittenIsAFailure() =>
        Assert.Equal(ExitCode.Failure, await Run("simulate", "--hours", "0.1", "--out", Path.Combine(_folder, "missing", "d.log")));

    /// <summary>Half of what was asked for looks like the whole: a log with attacks that nothing says of.</summary>
    [Fact]
    public async Task ALogWhoseLabelsCannotBeWrittenIsNotThere()
    {
        string log = Path.Combine(_folder, "e.log");
        Assert.Equal(ExitCode.Failure, await Run("simulate", "--hours", "0.1", "--out", log, "--truth", Path.Combine(_folder, "missing", "e.truth")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));

        await File.WriteAllTextAsync(log, "of another day");
        Assert.Equal(ExitCode.Failure, await Run("simulate", "--hours", "0.1", "--out", log, "--truth", _folder));
        Assert.Equal("of another day", await File.ReadAllTextAsync(log));
        Assert.Equal([log], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task LogAndLabelsAreTwoFiles()
    {
        string file = Path.Combine(_folder, "f.log");
        Assert.Equal(ExitCode.Usage, await Run("simulate", "--hours", "0.1", "--out", file, "--truth", Path.Combine(_folder, ".", "f.log")));
        Assert.Equal(ExitCode.Usage, await Run("simulate", "--hours", "0.1", "--out", "-", "--truth", "-"));
    }

    /// <summary>Whoever reads a named pipe gets the log; the pipe stays a pipe.</summary>
    [Fact]
    public async Task ANamedPipeIsWrittenInto()
    {
        string pipe = Path.Combine(_folder, "g.log");
        using (Process make = Process.Start("mkfifo", pipe)) await make.WaitForExitAsync();
        using Process reader = Process.Start(new ProcessStartInfo("cat", pipe) { RedirectStandardOutput = true })!;
        try
        {
            Task<string> read = reader.StandardOutput.ReadToEndAsync();
            Assert.Equal(ExitCode.Done, await Run("simulate", "--hours", "0.1", "--format", "json", "--out", pipe));
            Assert.Equal(0, new FileInfo(pipe).Length);
            Assert.StartsWith("{", await read, StringComparison.Ordinal);
            Assert.Equal([pipe], Directory.EnumerateFileSystemEntries(_folder));
        }
        finally
        {
            reader.Kill();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> Run(params string[] args)
    {
        var root = new RootCommand();
        root.Add(SimulateCommand.Create());
        return CommandRunner.RunAsync(root, args);
    }
}
