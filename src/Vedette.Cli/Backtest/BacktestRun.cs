using Vedette.Cli.Commands;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;
using Vedette.Storage;

namespace Vedette.Cli.Backtest;

/// <summary>Runs the same traffic twice, once under each configuration, and prints what differs.</summary>
internal static class BacktestRun
{
    private static readonly DateTimeOffset Latest = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(BacktestRequest request, CancellationToken cancellationToken)
    {
        if (request.Files.Count == 0 && !Directory.Exists(request.Data)) throw new UsageException($"There is no store in {request.Data}; name one with --data, or log files.");
        IReadOnlyList<Incident> before = await FindAsync(request, request.Before, cancellationToken);
        IReadOnlyList<Incident> after = await FindAsync(request, request.After, cancellationToken);
        IncidentDifference difference = IncidentDifference.Between(before, after);
        if (request.Output == OutputKind.Json) Console.Out.WriteLine(difference.ToJson());
        else difference.WriteText(Console.Out);
        return ExitCode.Done;
    }

    private static Task<IReadOnlyList<Incident>> FindAsync(BacktestRequest request, EngineOptions options, CancellationToken cancellationToken) =>
        request.Files.Count > 0 ? Task.Run(() => FindInFiles(request, options, cancellationToken), cancellationToken) : FindInStoreAsync(request, options, cancellationToken);

    private static IReadOnlyList<Incident> FindInFiles(BacktestRequest request, EngineOptions options, CancellationToken cancellationToken)
    {
        using FileSource source = FileSource.Open(request.Files);
        LogParser parser = source.CreateParser(request.Format);
        DetectionEngine engine = CreateEngine(request, options);
        BatchPipeline.Run(new TimeSlice(source, parser, request.SinceMicros, request.UntilMicros), parser, engine, 2 * Environment.ProcessorCount, static _ => { }, cancellationToken);
        return engine.Incidents;
    }

    private static async Task<IReadOnlyList<Incident>> FindInStoreAsync(BacktestRequest request, EngineOptions options, CancellationToken cancellationToken)
    {
        await using Store store = StoreFactory.Create(new StorageOptions { Url = StorageOptions.UrlOf(request.Data) }, TimeProvider.System);
        await store.Events.OpenAsync(cancellationToken);
        DetectionEngine engine = CreateEngine(request, options);
        Action<PreparedBatch> prepare = engine.CreatePreparer();
        var batch = new PreparedBatch();
        DateTimeOffset from = request.SinceMicros == long.MinValue ? DateTimeOffset.UnixEpoch : Time(request.SinceMicros);
        DateTimeOffset until = request.UntilMicros == long.MaxValue ? Latest : Time(request.UntilMicros);
        long line = 0;
        await store.Events.ReadAsync(from, until, batch.Events, _ =>
        {
            foreach (ref HttpEvent e in batch.Events.Events) e.Line = ++line;
            prepare(batch);
            engine.Process(batch);
            return ValueTask.CompletedTask;
        }, cancellationToken);
        engine.Complete();
        return engine.Incidents;
    }

    private static DetectionEngine CreateEngine(BacktestRequest request, EngineOptions options)
    {
        var engine = new DetectionEngine(options);
        if (request.Models is not null) engine.Adopt(request.Models);
        return engine;
    }

    private static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
}
