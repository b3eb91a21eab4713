using System.CommandLine;
using Vedette.Cli.Backtest;
using Vedette.Server.Settings;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette backtest</c>: what a changed configuration would have found in past traffic, next to what the present one finds.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var files = LogFilesArgument.Create("Log files to run over. Without any: the traffic stored under --data.", ArgumentArity.ZeroOrMore);
        var with = new Option<FileInfo>("--with") { Description = "The changes to try, .json or .yaml; they go over all other settings.", Required = true };
        var config = ConfigOption.Create();
        var format = LogFormatOption.Create();
        var data = new Option<string>("--data") { Description = "Folder of a server's store.", DefaultValueFactory = _ => "./data" };
        var since = new Option<string?>("--since") { Description = "Leave out events before this time (RFC 3339)." };
        var until = new Option<string?>("--until") { Description = "Leave out events from this time on (RFC 3339)." };
        Option<string?> models = ModelsOption.Create();
        var output = OutputOption.Create("text for people, json for programs.");
        var command = new Command("backtest", "Run changed settings over past traffic: which incidents appear, disappear or change.") { files, with, config, format, data, since, until, models, output };
        command.SetAction((parsed, cancellationToken) => BacktestRun.RunAsync(new BacktestRequest
        {
            Files = parsed.GetValue(files) ?? [],
            Format = LogFormatOption.Resolve(parsed.GetValue(format)!),
            Data = parsed.GetValue(data)!,
            SinceMicros = TimeOption.Resolve("--since", parsed.GetValue(since), long.MinValue),
            UntilMicros = TimeOption.Resolve("--until", parsed.GetValue(until), long.MaxValue),
            Before = SettingsLoader.LoadEngine(parsed.GetValue(config)),
            After = SettingsLoader.LoadEngine(parsed.GetValue(config), parsed.GetValue(with)),
            Models = ModelsOption.Load(parsed.GetValue(models)),
            Output = OutputOption.Resolve(parsed.GetValue(output)!),
        }, cancellationToken));
        return command;
    }
}
