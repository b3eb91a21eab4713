using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Vedette.Engine.Events;

namespace Vedette.Cli.Commands;

/// <summary>Reads one request as <c>inspect</c> takes it: method, path (or url, uri, endpoint), query, headers, body; all may be missing or null.</summary>
/// <remarks>A query may be an object or a list of parameters; headers may be an object, a list of pairs, of <c>{"name","value"}</c> or of lines, or the lines as one text.</remarks>
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
        if (row.TryGetProperty("headers"u8, out var headers)) AddHeaders(batch, headers, ref request);
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
        byte[]? query = row.TryGetProperty("query"u8, out var named) && named.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Form(named) : Text(row, "query");
        request.Path = batch.Append(mark < 0 ? path : path[..mark]);
        if (query is { Length: > 0 }) request.Query = batch.Append(query[0] == '?' ? query.AsSpan(1) : query);
        else if (mark >= 0) request.Query = batch.Append(path[(mark + 1)..]);
    }

    private static void AddHeaders(EventBatch batch, JsonElement headers, ref HttpEvent request)
    {
        using var others = new MemoryStream();
        switch (headers.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var header in headers.EnumerateObject()) AddValues(batch, others, Name(header), header.Value, ref request);
                break;
            case JsonValueKind.Array:
                foreach (var header in headers.EnumerateArray()) AddListed(batch, others, header, ref request);
                break;
            case JsonValueKind.String:
                foreach (string line in Encoding.UTF8.GetString(Bytes(headers)!).Split('\n')) AddLine(batch, others, line, ref request);
                break;
            default: break;
        }
        if (others.Length > 0) request.Headers = batch.Append(others.GetBuffer().AsSpan(0, (int)others.Length));
    }

    /// <summary>Adds <c>["name","value"]</c>, <c>{"name":…,"value":…}</c> or <c>"name: value"</c>.</summary>
    private static void AddListed(EventBatch batch, MemoryStream others, JsonElement header, ref HttpEvent request)
    {
        if (header.ValueKind == JsonValueKind.Array && header.GetArrayLength() >= 2) AddValues(batch, others, Encoding.UTF8.GetString(Bytes(header[0]) ?? []), header[1], ref request);
        else if (header.ValueKind == JsonValueKind.Object && header.TryGetProperty("value"u8, out var value) && Text(header, "name") is { } name) AddValues(batch, others, Encoding.UTF8.GetString(name), value, ref request);
        else if (header.ValueKind == JsonValueKind.Object) foreach (var property in header.EnumerateObject()) AddValues(batch, others, Name(property), property.Value, ref request);
        else if (header.ValueKind == JsonValueKind.String) AddLine(batch, others, Encoding.UTF8.GetString(Bytes(header)!), ref request);
    }

    private static void AddLine(EventBatch batch, MemoryStream others, string line, ref HttpEvent request)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0) AddHeader(batch, others, line[..colon].Trim(), Encoding.UTF8.GetBytes(line[(colon + 1)..].Trim()), ref request);
    }

    private static void AddValues(EventBatch batch, MemoryStream others, string name, JsonElement values, ref HttpEvent request)
    {
        if (values.ValueKind == JsonValueKind.Array)
            foreach (var value in values.EnumerateArray()) AddHeader(batch, others, name, Bytes(value), ref request);
        else
            AddHeader(batch, others, name, Bytes(values), ref request);
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

    /// <summary>
    /// Parameters as a query: <c>{"a":1,"b":["x","y"]}</c> is <c>a=1&amp;b=x&amp;b=y</c>, encoded. A list holds pairs, objects of <c>name</c> and <c>value</c>, or fields as they are sent.
    /// </summary>
    private static byte[] Form(JsonElement parameters)
    {
        var fields = new List<string>();
        if (parameters.ValueKind == JsonValueKind.Array)
            foreach (var parameter in parameters.EnumerateArray()) AddListed(fields, parameter);
        else
            foreach (var parameter in parameters.EnumerateObject()) AddFields(fields, Name(parameter), parameter.Value);
        return Encoding.UTF8.GetBytes(string.Join('&', fields));
    }

    private static void AddListed(List<string> fields, JsonElement parameter)
    {
        if (parameter.ValueKind == JsonValueKind.Array && parameter.GetArrayLength() >= 2) AddFields(fields, Encoding.UTF8.GetString(Bytes(parameter[0]) ?? []), parameter[1]);
        else if (parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("value"u8, out var value) && Text(parameter, "name") is { } name) AddFields(fields, Encoding.UTF8.GetString(name), value);
        else if (parameter.ValueKind == JsonValueKind.Object) foreach (var property in parameter.EnumerateObject()) AddFields(fields, Name(property), property.Value);
        else if (Bytes(parameter) is { } field) fields.Add(Encoding.UTF8.GetString(field));
    }

    private static void AddFields(List<string> fields, string name, JsonElement values)
    {
        JsonElement[] each = values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray()] : [values];
        foreach (var value in each) fields.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(Encoding.UTF8.GetString(Bytes(value) ?? []))}");
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    private static byte[]? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Bytes(value) : null;

    /// <summary>A string's text as UTF-8; numbers, objects and arrays as they are written; null for null.</summary>
    private static byte[]? Bytes(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        if (value.ValueKind != JsonValueKind.String) return JsonMarshal.GetRawUtf8Value(value).ToArray();
        try
        {
            return Encoding.UTF8.GetBytes(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: still worth looking at, as they are written.
            return JsonMarshal.GetRawUtf8Value(value).Trim((byte)'"').ToArray();
        }
    }
}
