using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Vedette.Engine.Events;

namespace Vedette.Server.Ingestion;

/// <summary>Reads a request body, plain or gzip, into a submission's text; never more than the limit, compressed or not.</summary>
internal sealed class BodyReader(EventIntake intake, int maxBytes)
{
    private const int ChunkBytes = 64 << 10;

    /// <summary>Reads to the end of the body; null if all went well.</summary>
    public async ValueTask<BodyError?> ReadAsync(HttpContext context, Submission submission)
    {
        string encoding = context.Request.Headers.ContentEncoding.ToString();
        try
        {
            if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return await ReadPlainAsync(context.Request.BodyReader, submission, context.RequestAborted);
            if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)) return new BodyError(StatusCodes.Status415UnsupportedMediaType, "Content-Encoding may be gzip or identity.");
            await using var gzip = new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true);
            return await ReadStreamAsync(gzip, submission, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return new BodyError(StatusCodes.Status400BadRequest, "The body is not valid gzip.");
        }
        catch (BadHttpRequestException e)
        {
            return new BodyError(e.StatusCode, e.Message);
        }
    }

    private BodyError TooLarge => new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBytes} bytes; send it in parts.");

    private static BodyError Full { get; } = new(StatusCodes.Status429TooManyRequests, "Too much waits to be analysed; try again in a moment.");

    private async ValueTask<BodyError?> ReadPlainAsync(PipeReader reader, Submission submission, CancellationToken cancellationToken)
    {
        EventBatch events = submission.Events;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            int length = (int)Math.Min(int.MaxValue, read.Buffer.Length);
            BodyError? error = length == 0 ? null : Take(submission, length);
            if (error is null)
                foreach (ReadOnlyMemory<byte> part in read.Buffer) events.Append(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (error is not null || read.IsCompleted) return error;
        }
    }

    private async ValueTask<BodyError?> ReadStreamAsync(Stream stream, Submission submission, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (true)
            {
                int read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0) return null;
                if (Take(submission, read) is { } error) return error;
                submission.Events.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private BodyError? Take(Submission submission, int bytes)
    {
        if (submission.Events.TextLength + (long)bytes > maxBytes) return TooLarge;
        return intake.TryReserveBytes(submission, bytes) ? null : Full;
    }
}
