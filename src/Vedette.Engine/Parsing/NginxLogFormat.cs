namespace Vedette.Engine.Parsing;

/// <summary>Compiles a log_format string of nginx: text with <c>$variables</c>. Unknown variables are skipped over.</summary>
/// <remarks>The built-in formats use the same notation, with <c>$?</c> where the optional part begins.</remarks>
internal static class NginxLogFormat
{
    private static readonly Dictionary<string, LogField> Variables = new(StringComparer.Ordinal)
    {
        ["remote_addr"] = LogField.Client,
        ["realip_remote_addr"] = LogField.Client,
        ["remote_user"] = LogField.User,
        ["time_local"] = LogField.Time,
        ["time_iso8601"] = LogField.Time,
        ["msec"] = LogField.Time,
        ["time"] = LogField.Time,
        ["request"] = LogField.Request,
        ["request_with_url"] = LogField.RequestWithUrl,
        ["request_method"] = LogField.Method,
        ["request_uri"] = LogField.Target,
        ["url"] = LogField.Url,
        ["uri"] = LogField.Path,
        ["document_uri"] = LogField.Path,
        ["args"] = LogField.Query,
        ["query_string"] = LogField.Query,
        ["server_protocol"] = LogField.Protocol,
        ["status"] = LogField.Status,
        ["body_bytes_sent"] = LogField.ResponseBytes,
        ["bytes_sent"] = LogField.ResponseBytes,
        ["request_length"] = LogField.RequestBytes,
        ["request_time"] = LogField.DurationSeconds,
        ["upstream_response_time"] = LogField.DurationSeconds,
        ["duration_ms"] = LogField.DurationMillis,
        ["duration_text"] = LogField.DurationText,
        ["host"] = LogField.Host,
        ["server_name"] = LogField.Host,
        ["http_host"] = LogField.Host,
        ["http_x_forwarded_for"] = LogField.ForwardedFor,
        ["proxy_add_x_forwarded_for"] = LogField.ForwardedFor,
        ["http_referer"] = LogField.Referer,
        ["http_user_agent"] = LogField.UserAgent,
        ["http_cookie"] = LogField.Cookies,
        ["http_x_api_key"] = LogField.ApiKey,
    };

    /// <summary>The format, or null with a sentence that says what is wrong.</summary>
    public static LogPattern? TryCompile(string text, string name, string description, out string? problem)
    {
        var builder = new LogPatternBuilder();
        bool prefersRequestTime = text.Contains("$request_time", StringComparison.Ordinal);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\'' or '\\') i++;
            if (text[i] != '$')
            {
                builder.Literal(text[i]);
                continue;
            }
            string variable = ReadName(text, ref i);
            if (variable == "?") builder.Optional();
            else if (variable.Length == 0) builder.Literal('$');
            else builder.Field(Field(variable, prefersRequestTime), "$" + variable);
        }
        LogPattern? pattern = builder.Build(name, description);
        problem = builder.Problem;
        return pattern;
    }

    private static LogField Field(string variable, bool prefersRequestTime)
    {
        if (variable == "upstream_response_time" && prefersRequestTime) return LogField.Skip;
        if (variable.StartsWith("cookie_", StringComparison.Ordinal)) return HeaderNames.IsSessionCookie(variable["cookie_".Length..]) ? LogField.Session : LogField.Skip;
        return Variables.GetValueOrDefault(variable, LogField.Skip);
    }

    /// <summary>Reads <c>name</c> or <c>{name}</c> behind the <c>$</c> at <paramref name="i"/>, and moves to its last character.</summary>
    private static string ReadName(string text, ref int i)
    {
        if (i + 1 < text.Length && text[i + 1] == '?')
        {
            i++;
            return "?";
        }
        bool braced = i + 1 < text.Length && text[i + 1] == '{';
        int start = i + (braced ? 2 : 1), end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        i = braced && end < text.Length && text[end] == '}' ? end : end - 1;
        return text[start..end];
    }
}
