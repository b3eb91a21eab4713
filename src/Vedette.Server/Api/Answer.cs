using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Vedette.Server.Api;

/// <summary>Answers and reads JSON.</summary>
internal static class Answer
{
    public const string JsonType = "application/json";

    private const int MaxDocumentBytes = 1 << 20;

    public static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = JsonType;
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Reads a small JSON body; answers with a problem and returns null if it is none, or not of this shape.</summary>
    public static async ValueTask<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        if (context.Request.ContentLength > MaxDocumentBytes)
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxDocumentBytes} bytes.");
            return null;
        }
        try
        {
            T? value = await JsonSerializer.DeserializeAsync(new CappedStream(context.Request.Body, MaxDocumentBytes), type, context.RequestAborted);
            if (value is null) await Problem.BadFieldAsync(context, "$", "the body must be a JSON object");
            return value;
        }
        catch (JsonException e)
        {
            string path = e.Path?.TrimStart('$').TrimStart('.') ?? "";
            await Problem.BadFieldAsync(context, path.Length == 0 ? "$" : path, Reason(e));
            return null;
        }
        catch (InvalidDataException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, e.Message);
            return null;
        }
    }

    private static string Reason(JsonException e)
    {
        if (e.Message == TimeConverter.Expected) return e.Message;
        if (e.Message.Contains("required", StringComparison.Ordinal)) return "a required field is missing: " + e.Message[(e.Message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.');
        return e.Message.Contains("could not be converted", StringComparison.Ordinal) ? "the value has the wrong type"
            : $"the body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
    }
}
