using System.CommandLine;
using Vedette.Cli.Demo;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette demo</c>: everything at work on simulated traffic, from one command.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the dashboard's link, open nothing." };
        var data = new Option<string?>("--data") { Description = "Folder for the store and the models, empty or of an earlier demo; kept. Default: a folder among the temporary files, made anew each time." };
        var port = new Option<int?>("--port") { Description = "TCP port; 0 takes a free one. Default: 8080." };
        var hours = new Option<double>("--hours") { Description = "Hours of past traffic to simulate, from 2 to 168.", DefaultValueFactory = _ => 48 };
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same traffic.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Simulate two days of traffic with attacks, train every model on it, and serve the dashboard with live traffic.") { noBrowser, data, port, hours, seed };
        command.SetAction((parsed, cancellationToken) => DemoRun.RunAsync(new DemoOptions
        {
            OpensBrowser = !parsed.GetValue(noBrowser),
            Data = parsed.GetValue(data),
            Port = parsed.GetValue(port) is null or (>= 0 and <= 65_535) ? parsed.GetValue(port) : throw new UsageException("--port must be from 0 to 65535."),
            Hours = parsed.GetValue(hours) is >= 2 and <= 168 and var given ? given : throw new UsageException("--hours must be from 2 to 168."),
            Seed = parsed.GetValue(seed),
        }, cancellationToken));
        return command;
    }
}
