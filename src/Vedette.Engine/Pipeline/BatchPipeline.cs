using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Pipeline;

/// <summary>Moves a source's batches through reading, parsing and preparing, and through the engine, one after the other in order.</summary>
public static class BatchPipeline
{
    /// <summary>Runs to the source's end and completes the engine.</summary>
    /// <param name="source">Where lines come from.</param>
    /// <param name="parser">How they are read.</param>
    /// <param name="engine">Receives the events, on the calling thread.</param>
    /// <param name="ahead">
    /// Batches read ahead, on other threads: two per processor for files. 0 for a live source, whose lines must not wait for others: then everything happens on the calling thread.
    /// </param>
    /// <param name="onProcessed">Called with each batch when the engine has seen it, in order; the batch is reused after.</param>
    /// <param name="cancellationToken">Ends the run early; what was read is still analysed, and the engine completed.</param>
    public static void Run(IBatchSource source, LogParser parser, DetectionEngine engine, int ahead, Action<PreparedBatch> onProcessed, CancellationToken cancellationToken)
    {
        if (ahead > 0) RunAhead(source, parser, engine, ahead, onProcessed, cancellationToken);
        else RunLive(source, parser, engine, onProcessed, cancellationToken);
        engine.Complete();
    }

    private static void RunLive(IBatchSource source, LogParser parser, DetectionEngine engine, Action<PreparedBatch> onProcessed, CancellationToken cancellationToken)
    {
        var worker = new Worker(new PreparedBatch(), engine.CreatePreparer());
        while (TryRead(source, worker, cancellationToken))
        {
            worker.Prepare(parser);
            engine.Process(worker.Batch);
            onProcessed(worker.Batch);
        }
    }

    /// <summary>The calling thread has the engine alone to do; one task after the other reads, and prepares what it read while the next one reads.</summary>
    private static void RunAhead(IBatchSource source, LogParser parser, DetectionEngine engine, int ahead, Action<PreparedBatch> onProcessed, CancellationToken cancellationToken)
    {
        using var reads = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inFlight = new Queue<(Worker Worker, Task<bool> Preparing)>();
        Task<bool> reading = Task.FromResult(true);
        try
        {
            for (int i = 0; i < ahead; i++) Start(new Worker(new PreparedBatch(), engine.CreatePreparer()));
            while (true)
            {
                (Worker worker, Task<bool> preparing) = inFlight.Dequeue();
                if (!preparing.GetAwaiter().GetResult()) break;
                engine.Process(worker.Batch);
                onProcessed(worker.Batch);
                Start(worker);
            }
        }
        finally
        {
            // Whoever owns the source may close it as soon as this returns, however it does: nothing may be reading then.
            reads.Cancel();
            Task.WhenAll(inFlight.Select(static next => next.Preparing)).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        void Start(Worker worker)
        {
            reading = Then(reading, () => TryRead(source, worker, reads.Token));
            inFlight.Enqueue((worker, Then(reading, () => worker.Prepare(parser))));
        }
    }

    /// <summary>What follows a task that said there is something to do; false, and nothing is done, if there is not. First come, first served: the oldest batch is waited for.</summary>
    private static Task<bool> Then(Task<bool> before, Func<bool> work) =>
        before.ContinueWith(task => task.GetAwaiter().GetResult() && work(), CancellationToken.None, TaskContinuationOptions.PreferFairness, TaskScheduler.Default);

    private static bool TryRead(IBatchSource source, Worker worker, CancellationToken cancellationToken)
    {
        try
        {
            return source.Read(worker.Batch.Events, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Worker(PreparedBatch Batch, Action<PreparedBatch> Preparer)
    {
        public bool Prepare(LogParser parser)
        {
            parser.Parse(Batch.Events);
            Preparer(Batch);
            return true;
        }
    }
}
