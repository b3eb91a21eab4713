using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;

namespace Vedette.Cli.Commands;

/// <summary>Reads one request as <c>inspect</c> takes it: method, path (or url, uri, endpoint), query, headers, body; all may be missing or null.</summary>
internal static class RequestRow
{
    private static readonly string[] TargetNames = ["path", "url", "uri", "endpoint"];

    /// <summary>Puts the request into the emptied batch and returns it.</summary>
    public static HttpEvent AddTo(EventBatch batch, JsonElement row)
    {
        batch.Clear();
        var request = new HttpEvent();
        if (Text(row, "method") is { Length: > 0 } method)
        {
            request.MethodText = batch.Append(method);
            request.Method = RequestMethods.Parse(method);
        }
        AddTarget(batch, row, ref request);
        if (row.TryGetProperty("headers"u8, out var headers) && headers.ValueKind == JsonValueKind.Object) AddHeaders(batch, headers, ref request);
        if (Text(row, "user_agent") is { } agent && request.UserAgent.IsEmpty) request.UserAgent = batch.Append(agent);
        if (Text(row, "referer") is { } referer && request.Referer.IsEmpty) request.Referer = batch.Append(referer);
        if (Text(row, "body") is { } body) request.Body = batch.Append(body);
        return request;
    }

    private static void AddTarget(EventBatch batch, JsonElement row, ref HttpEvent request)
    {
        byte[] target = [];
        foreach (string name in TargetNames)
        {
            if (Text(row, name) is not { Length: > 0 } found) continue;
            target = found;
            break;
        }
        ReadOnlySpan<byte> path = target;
        int scheme = path.IndexOf("://"u8);
        if (scheme is > 0 and < 8 && path[0] != '/')
        {
            int slash = path[(scheme + 3)..].IndexOfAny((byte)'/', (byte)'?');
            request.Host = batch.Append(slash < 0 ? path[(scheme + 3)..] : path.Slice(scheme + 3, slash));
            path = slash < 0 ? "/"u8 : path[(scheme + 3 + slash)..];
        }
        int mark = path.IndexOf((byte)'?');
        byte[]? query = Text(row, "query");
        request.Path = batch.Append(mark < 0 ? path : path[..mark]);
        if (query is { Length: > 0 }) request.Query = batch.Append(query[0] == '?' ? query.AsSpan(1) : query);
        else if (mark >= 0) request.Query = batch.Append(path[(mark + 1)..]);
    }

    private static void AddHeaders(EventBatch batch, JsonElement headers, ref HttpEvent request)
    {
        using var others = new MemoryStream();
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Value.ValueKind == JsonValueKind.Array)
                foreach (var value in header.Value.EnumerateArray()) AddHeader(batch, others, header.Name, Bytes(value), ref request);
            else
                AddHeader(batch, others, header.Name, Bytes(header.Value), ref request);
        }
        if (others.Length > 0) request.Headers = batch.Append(others.GetBuffer().AsSpan(0, (int)others.Length));
    }

    private static void AddHeader(EventBatch batch, MemoryStream others, string name, byte[]? value, ref HttpEvent request)
    {
        if (value is null) return;
        if (request.UserAgent.IsEmpty && name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)) request.UserAgent = batch.Append(value);
        else if (request.Referer.IsEmpty && name.Equals("Referer", StringComparison.OrdinalIgnoreCase)) request.Referer = batch.Append(value);
        else if (request.Cookies.IsEmpty && name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)) request.Cookies = batch.Append(value);
        else AddLines(others, Encoding.UTF8.GetBytes(name), value);
    }

    /// <summary>A value of several lines is a header sent several times.</summary>
    private static void AddLines(MemoryStream others, byte[] name, ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)'\n'))
        {
            others.Write(name);
            others.Write(": "u8);
            others.Write(value[range].TrimEnd((byte)'\r'));
            others.WriteByte((byte)'\n');
        }
    }

    private static byte[]? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Bytes(value) : null;

    /// <summary>A string's text as UTF-8; numbers, objects and arrays as they are written; null for null.</summary>
    private static byte[]? Bytes(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        if (value.ValueKind != JsonValueKind.String) return Encoding.UTF8.GetBytes(value.GetRawText());
        try
        {
            return Encoding.UTF8.GetBytes(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: still worth looking at, as they are written.
            return Encoding.UTF8.GetBytes(value.GetRawText().Trim('"'));
        }
    }
}
