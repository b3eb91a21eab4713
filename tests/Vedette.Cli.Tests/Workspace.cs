using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests;

/// <summary>A folder with logs for one test, and ways to run <c>vedette scan</c> on them.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-scan").FullName;

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>Runs <c>vedette scan</c> in this process. Standard error is caught, so only one test at a time may do it.</summary>
    public static Task<(int Exit, string Error)> RunAsync(params string[] args) => RunAsync(ScanCommand.Create(), ["scan", .. args]);

    /// <summary>Runs any command in this process, likewise.</summary>
    public static async Task<(int Exit, string Error)> RunAsync(Command command, string[] args)
    {
        TextWriter before = Console.Error;
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetError(error);
        try
        {
            var root = new RootCommand();
            root.Add(command);
            return (await CommandRunner.RunAsync(root, args), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    /// <summary>Runs any command in this process and catches its standard output as well.</summary>
    public static async Task<(int Exit, string Output, string Error)> CaptureAsync(Command command, params string[] args)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        try
        {
            (int exit, string error) = await RunAsync(command, [command.Name, .. args]);
            return (exit, output.ToString(), error);
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    /// <summary>Scans a file and returns the JSON report.</summary>
    public async Task<JsonElement> ReportAsync(string log, params string[] args)
    {
        string report = PathOf("report.json");
        (int exit, string error) = await RunAsync([log, "--output", "json", "--out", report, .. args]);
        Assert.True(exit == ExitCode.Done, error);
        return JsonDocument.Parse(await File.ReadAllBytesAsync(report)).RootElement;
    }

    /// <summary>Runs the built program as users do.</summary>
    public async Task<(int Exit, string Output, string Error)> StartAsync(IReadOnlyList<string> args, string? input = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "vedette.dll"), .. args])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
