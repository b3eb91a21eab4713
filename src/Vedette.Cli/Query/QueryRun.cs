using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Cli.Commands;
using Vedette.Engine.Sources;
using Vedette.Server.Api;
using Vedette.Server.Ask;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Query;

/// <summary>Asks, and prints the answer. Apart from the command, so that no other command loads what this needs.</summary>
internal static class QueryRun
{
    public static async Task<int> RunAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        if (request.Question.Length > QuestionParser.MaxLength) throw new UsageException($"The question must be at most {QuestionParser.MaxLength} characters.");
        if (request.Server is not null && (request.Files.Count > 0 || request.Data is not null)) throw new UsageException("Ask a server, files or a store, not several at once.");
        QuestionAnswer answer = request.Server is not null ? await AskServerAsync(request, request.Server, cancellationToken)
            : request.Files.Count > 0 ? await AskFilesAsync(request, cancellationToken)
            : await AskStoreAsync(request, cancellationToken);
        if (request.Output == OutputKind.Json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, WireJson.Wire.QuestionAnswer));
        else AnswerText.Write(answer, Console.Out);
        return ExitCode.Done;
    }

    private static async Task<QuestionAnswer> AskFilesAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        using FileSource source = FileSource.Open(request.Files);
        await using LogStore log = await LogStore.ReadAsync(source, source.CreateParser(request.Format), SettingsLoader.LoadEngine(request.Config), cancellationToken);
        return await new QuestionRunner(log.Store, () => log.Engine.Forecasts).AnswerAsync(request.Question, null, log.End, cancellationToken);
    }

    private static async Task<QuestionAnswer> AskStoreAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var given = new Dictionary<string, string>();
        if (request.Data is not null) given["Storage:Url"] = StorageOptions.UrlOf(request.Data);
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = request.Config, HonorsShortNames = true, CommandLine = given });
        if (settings.IsEmbedded && !Directory.Exists(settings.DataFolder))
            throw new UsageException($"There is no store in {settings.DataFolder}; name one with --data, a server with --server, or log files.");
        await using Store store = StoreFactory.Create(settings.Storage, TimeProvider.System);
        await store.Events.OpenAsync(cancellationToken);
        await store.Results.OpenAsync(cancellationToken);
        return await new QuestionRunner(store, static () => []).AnswerAsync(request.Question, null, TimeProvider.System.GetUtcNow(), cancellationToken);
    }

    private static async Task<QuestionAnswer> AskServerAsync(QueryRequest request, string address, CancellationToken cancellationToken)
    {
        using var server = new RemoteServer(address, request.Key);
        JsonElement answer = await server.SendAsync(HttpMethod.Post, "/api/admin/query", new JsonObject { ["query"] = request.Question }, cancellationToken);
        return answer.Deserialize(WireJson.Wire.QuestionAnswer) ?? throw new InvalidDataException($"{address} answered with nothing.");
    }
}
