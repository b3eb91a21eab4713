using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Vedette.Server.Ingestion;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Events;

namespace Vedette.Server.Analysis;

/// <summary>Writes analysed submissions in groups, one commit each: what was analysed while one group was written makes the next.</summary>
internal sealed partial class StoreWriter(IEventStore store, EventIntake intake, ServerOptions options, ServerMetrics metrics, TimeProvider time, ILogger<StoreWriter> logger)
{
    /// <summary>A larger group would make its first request wait for long.</summary>
    private const int MaxGroupEvents = 40_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Channel<Submission> _analysed = Channel.CreateUnbounded<Submission>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly List<Submission> _group = [];
    private readonly List<EventAppend> _appends = [];

    /// <summary>Takes a submission whose outcomes have been read.</summary>
    public void Enqueue(Submission submission) => _analysed.Writer.TryWrite(submission);

    /// <summary>No more will come.</summary>
    public void Complete() => _analysed.Writer.TryComplete();

    /// <summary>Runs until it is completed and all is written.</summary>
    public async Task RunAsync()
    {
        while (await _analysed.Reader.WaitToReadAsync())
        {
            int events = 0;
            while (events < MaxGroupEvents && _analysed.Reader.TryRead(out Submission? submission))
            {
                _group.Add(submission);
                _appends.Add(new EventAppend(submission.Events, submission.Outcomes, intake.Sources.Names, submission.Receipt is { } receipt ? [receipt] : []));
                events += submission.Events.EventCount;
            }
            SubmitResult result = await WriteAsync();
            foreach (Submission submission in _group) submission.Done.SetResult(result);
            _group.Clear();
            _appends.Clear();
        }
    }

    private async ValueTask<SubmitResult> WriteAsync()
    {
        long started = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                long writing = Stopwatch.GetTimestamp();
                await store.AppendAsync(_appends, CancellationToken.None);
                metrics.StorageWrite.Observe(Stopwatch.GetElapsedTime(writing));
                metrics.Stage(Stage.Store).Observe(Stopwatch.GetElapsedTime(writing));
                if (!intake.Health.IsUp) LogRecovered();
                intake.Health.MarkUp();
                return SubmitResult.Stored;
            }
            catch (StoreUnavailableException e)
            {
                if (intake.Health.IsUp) LogUnavailable(e.Message);
                intake.Health.MarkDown(e.Message);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogRefused(e, _appends.Count);
                return SubmitResult.Failed;
            }
            if (time.GetElapsedTime(started) + pause > TimeSpan.FromSeconds(options.StoreRetrySeconds)) return SubmitResult.StoreUnavailable;
            await Task.Delay(pause, time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be written, ingestion pauses: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store can be written again.")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Error, Message = "A group of {Count} requests could not be written and was refused.")]
    private partial void LogRefused(Exception exception, int count);
}
