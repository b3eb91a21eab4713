using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vedette.AspNetCore.Recording;

namespace Vedette.AspNetCore.Delivery;

/// <summary>Takes calls from the queue and brings them to the sink, in batches. What the sink cannot take now is tried again; what it will never take is dropped and counted.</summary>
internal sealed partial class CallForwarder(CallQueue queue, ICallSink sink, VedetteOptions options, VedetteMeter meter, TimeProvider time, ILogger<CallForwarder> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Calls answered before the stop are still delivered; the host's shutdown time bounds how long that may take.
        await using CancellationTokenRegistration registration = stoppingToken.Register(queue.Complete);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            List<RecordedCall> batch = await CollectAsync(stoppingToken);
            await DeliverAsync(batch, stoppingToken);
        }
    }

    private async Task<List<RecordedCall>> CollectAsync(CancellationToken stoppingToken)
    {
        var batch = new List<RecordedCall>();
        if (queue.Reader.Count < options.BatchSize && !stoppingToken.IsCancellationRequested)
            await Task.Delay(options.FlushInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (batch.Count < options.BatchSize && queue.Reader.TryRead(out RecordedCall? call)) batch.Add(call);
        return batch;
    }

    private async Task DeliverAsync(List<RecordedCall> batch, CancellationToken stoppingToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await sink.DeliverAsync(batch, CancellationToken.None);
                meter.Delivered(batch.Count);
                if (attempt > 0) DeliveredAgain(attempt);
                return;
            }
            catch (Exception e)
            {
                if (stoppingToken.IsCancellationRequested || IsFinal(e))
                {
                    meter.Dropped(batch.Count);
                    Lost(batch.Count, e);
                    return;
                }
                if (attempt == 0) NotDelivered(e);
                TimeSpan pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.5 * (1 << Math.Min(attempt, 10))));
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A wrong shape stays wrong. A refused key does not: somebody may be about to renew it.</summary>
    private static bool IsFinal(Exception e) => e is HttpRequestException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls cannot be delivered now; they wait, and delivery is tried again.")]
    private partial void NotDelivered(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Calls are delivered again, after {Attempts} attempts that failed.")]
    private partial void DeliveredAgain(int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Calls} calls are lost.")]
    private partial void Lost(int calls, Exception e);
}
