using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Vedette.AspNetCore.Recording;

/// <summary>Keeps what the application reads of a JSON or form body, so that its beginning can be looked at afterwards.</summary>
internal static class BodySample
{
    private const int MemoryThreshold = 32 * 1024;

    /// <summary>Has the body buffered if it is of a kind worth looking at; true if so.</summary>
    public static bool Begin(HttpRequest request)
    {
        if (request.ContentLength == 0 || request.ContentType is not { } type || !IsText(type)) return false;
        request.EnableBuffering(MemoryThreshold);
        return true;
    }

    /// <summary>The first bytes of what the application has read; what it left unread is not fetched for our sake.</summary>
    public static async ValueTask<string?> ReadAsync(HttpRequest request, int limit)
    {
        long read = request.Body.Position;
        if (read == 0) return null;
        int wanted = (int)Math.Min(limit, read);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(wanted);
        try
        {
            request.Body.Position = 0;
            int got = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return got == 0 ? null : Encoding.UTF8.GetString(buffer, 0, got);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsText(string contentType) =>
        contentType.Contains("json", StringComparison.OrdinalIgnoreCase) || contentType.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
}
