using System.CommandLine;
using Vedette.Cli.Query;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette query "…"</c>: a question in plain words, answered from a log, a store or a server.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "In plain words: \"high risk APIs in the last 10 minutes\"." };
        var files = LogFilesArgument.Create("Log files to ask about; in them, now is the time of the last event.", ArgumentArity.ZeroOrMore);
        var format = LogFormatOption.Create();
        var data = new Option<string?>("--data") { Description = "Folder of a server's store to ask about. Default, without files and server: ./data." };
        var server = new Option<string?>("--server") { Description = "Address of a running server to ask." };
        var key = new Option<string?>("--key") { Description = "Key for the server, role viewer or above. Default: VEDETTE_KEY, or AUTH_TOKEN." };
        var output = OutputOption.Create("text for people, json for programs.");
        var config = ConfigOption.Create();
        var command = new Command("query", "Ask a question in plain words.") { question, files, format, data, server, key, output, config };
        command.SetAction((parsed, cancellationToken) => QueryRun.RunAsync(new QueryRequest
        {
            Question = parsed.GetValue(question)!,
            Files = parsed.GetValue(files) ?? [],
            Format = LogFormatOption.Resolve(parsed.GetValue(format)!),
            Data = parsed.GetValue(data),
            Server = parsed.GetValue(server),
            Key = parsed.GetValue(key),
            Output = OutputOption.Resolve(parsed.GetValue(output)!),
            Config = parsed.GetValue(config),
        }, cancellationToken));
        return command;
    }
}
