using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Pipeline;

/// <summary>Moves a source's batches through parsing and preparing, several at once, and through the engine, one after the other in order.</summary>
public static class BatchPipeline
{
    /// <summary>Runs to the source's end and completes the engine.</summary>
    /// <param name="source">Where lines come from.</param>
    /// <param name="parser">How they are read.</param>
    /// <param name="engine">Receives the events.</param>
    /// <param name="ahead">Batches read ahead: 0 for a live source, whose lines must not wait for others; two per processor for files.</param>
    /// <param name="onProcessed">Called with each batch when the engine has seen it, in order; the batch is reused after.</param>
    /// <param name="cancellationToken">Ends the run early; what was read is still analysed, and the engine completed.</param>
    public static void Run(IBatchSource source, LogParser parser, DetectionEngine engine, int ahead, Action<PreparedBatch> onProcessed, CancellationToken cancellationToken)
    {
        var free = new Stack<Worker>();
        var inFlight = new Queue<(Worker Worker, Task Preparing)>();
        bool isOpen = true;
        while (isOpen || inFlight.Count > 0)
        {
            while (isOpen && inFlight.Count <= ahead)
            {
                Worker worker = free.Count > 0 ? free.Pop() : new Worker(new PreparedBatch(), engine.CreatePreparer());
                isOpen = TryRead(source, worker, cancellationToken);
                if (isOpen) inFlight.Enqueue((worker, Task.Run(() => worker.Prepare(parser), CancellationToken.None)));
            }
            if (!inFlight.TryDequeue(out var next)) break;
            next.Preparing.GetAwaiter().GetResult();
            engine.Process(next.Worker.Batch);
            onProcessed(next.Worker.Batch);
            free.Push(next.Worker);
        }
        engine.Complete();
    }

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
        public void Prepare(LogParser parser)
        {
            parser.Parse(Batch.Events);
            Preparer(Batch);
        }
    }
}
