using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Events;
using Vedette.Engine.Sources;
using Vedette.Server.Ingestion;
using Vedette.Storage;
using Vedette.Storage.Events;

namespace Vedette.Server.Inputs;

/// <summary>Follows one configured log file. What it holds counts once, also when the process is killed: each batch is stored together with a receipt of where the next one begins.</summary>
internal sealed partial class FileFollower(string path, InputOptions options, EventIntake intake, Store store, TimeProvider time, ILogger<FileFollower> logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private int _warned;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var file = new TailSource([path], fromStart: true, Poll, await ResumeAsync(stoppingToken));
            var door = new LineDoor(intake, new LineFormats(LineFormats.Resolve(options.FileFormat)), intake.Sources.IndexOf(path, "file"), time);
            var batch = new EventBatch();
            while (!stoppingToken.IsCancellationRequested)
            {
                FilePosition? before = file.PositionOf(0);
                if (door.IsShut || !file.ReadAvailable(batch)) await Task.Delay(Poll, time, stoppingToken);
                else await TakeAsync(door, batch, before, file.PositionOf(0), stoppingToken);
                foreach (string warning in file.Warnings.Skip(_warned)) Warned(warning);
                _warned = file.Warnings.Count;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start goes on behind the last receipt.
        }
    }

    private string SettingName => "followed:" + path;

    private async Task TakeAsync(LineDoor door, EventBatch batch, FilePosition? before, FilePosition? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            // The last words of a file that was rotated away: there is no place in it to come back to.
            await door.SubmitAsync(batch, receipt: null, cancellationToken);
            return;
        }
        if (before is null)
        {
            before = new FilePosition(after.Beginning, 0);
            await SaveAsync(before, cancellationToken);
        }
        var receipt = new Receipt(KeyOf(before), batch.LineCount, JsonSerializer.Serialize(after, FilePositionJson.Default.FilePosition), time.GetUtcNow());
        await door.SubmitAsync(batch, receipt, cancellationToken);
        await SaveAsync(after, cancellationToken);
    }

    /// <summary>The place is a convenience: what was not saved is found by the receipts.</summary>
    private async Task SaveAsync(FilePosition position, CancellationToken cancellationToken)
    {
        try
        {
            await store.Control.SaveSettingAsync(SettingName, JsonSerializer.Serialize(position, FilePositionJson.Default.FilePosition), cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            NotSaved(path, e);
        }
    }

    private async Task<Dictionary<string, FilePosition>> ResumeAsync(CancellationToken cancellationToken)
    {
        var resume = new Dictionary<string, FilePosition>(StringComparer.Ordinal);
        while (true)
        {
            try
            {
                if (await store.Control.SettingAsync(SettingName, cancellationToken) is not { } saved) return resume;
                FilePosition? position = JsonSerializer.Deserialize(saved, FilePositionJson.Default.FilePosition);
                while (position is not null && await store.Events.FindReceiptAsync(KeyOf(position), cancellationToken) is { } receipt)
                    position = JsonSerializer.Deserialize(receipt.Answer, FilePositionJson.Default.FilePosition);
                if (position is not null) resume[path] = position;
                return resume;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    private string KeyOf(FilePosition position) => $"file:{Fingerprint.Of(System.Text.Encoding.UTF8.GetBytes(path + "\n" + position.Beginning), 60):x16}:{position.Offset}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Warned(string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The place in {Path} cannot be saved now; after a restart it is found by what was stored.")]
    private partial void NotSaved(string path, Exception e);
}

[JsonSerializable(typeof(FilePosition))]
internal sealed partial class FilePositionJson : JsonSerializerContext;
