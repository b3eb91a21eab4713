namespace Vedette.Engine.Parsing;

/// <summary>Compiles a LogFormat string of Apache (mod_log_config, mod_logio).</summary>
internal static class ApacheLogFormat
{
    /// <summary>The format, or null with a sentence that says what is wrong.</summary>
    public static LogPattern? TryCompile(string text, string name, string description, out string? problem)
    {
        var builder = new LogPatternBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) builder.Literal(text[++i] switch { 't' => '\t', 'n' => '\n', var other => other });
            else if (text[i] == '%') ReadDirective(text, ref i, builder);
            else builder.Literal(text[i]);
        }
        LogPattern? pattern = builder.Build(name, description);
        problem = builder.Problem;
        return pattern;
    }

    private static void ReadDirective(string text, ref int i, LogPatternBuilder builder)
    {
        int start = i++;
        if (i < text.Length && text[i] == '%')
        {
            builder.Literal('%');
            return;
        }
        // Conditions and redirects: %400,501{User-Agent}i, %!200r, %>s, %<s.
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is '!' or ',' or '<' or '>')) i++;
        string? argument = null;
        if (i < text.Length && text[i] == '{')
        {
            int close = text.IndexOf('}', i);
            if (close < 0)
            {
                builder.Fail($"'{text[start..]}' lacks a closing brace.");
                return;
            }
            argument = text[(i + 1)..close];
            i = close + 1;
        }
        if (i < text.Length && text[i] == '^') i += 2; // %{Name}^ti, %{Name}^to: trailers
        if (i >= text.Length)
        {
            builder.Fail($"'{text[start..]}' is no directive.");
            return;
        }
        string directive = text[start..(i + 1)];
        if (text[i] == 't') AddTime(argument, directive, builder);
        else builder.Field(Field(text[i], argument), directive);
    }

    private static void AddTime(string? argument, string directive, LogPatternBuilder builder)
    {
        string format = argument ?? "";
        foreach (string prefix in (ReadOnlySpan<string>)["begin:", "end:"])
            if (format.StartsWith(prefix, StringComparison.Ordinal)) format = format[prefix.Length..];
        switch (format)
        {
            case "":
                builder.Literal('[');
                builder.Field(LogField.Time, directive);
                builder.Literal(']');
                break;
            case "sec" or "msec" or "usec": builder.Field(LogField.Time, directive); break;
            case "msec_frac": builder.Field(LogField.TimeFractionMillis, directive); break;
            case "usec_frac": builder.Field(LogField.TimeFractionMicros, directive); break;
            default:
                if (StrftimePattern.TryCreate(format) is { } strftime) builder.Time(strftime, directive);
                else builder.Fail($"The time format of '{directive}' has a directive that cannot be read back.");
                break;
        }
    }

    private static LogField Field(char directive, string? argument) => directive switch
    {
        'h' or 'a' => LogField.Client,
        'u' => LogField.User,
        'r' => LogField.Request,
        'm' => LogField.Method,
        'U' => LogField.Path,
        'q' => LogField.Query,
        'H' => LogField.Protocol,
        's' => LogField.Status,
        'b' or 'B' or 'O' => LogField.ResponseBytes,
        'I' => LogField.RequestBytes,
        'D' => LogField.DurationMicros,
        'T' => argument switch { "ms" => LogField.DurationMillis, "us" => LogField.DurationMicros, _ => LogField.DurationSeconds },
        'v' or 'V' => LogField.Host,
        'i' => HeaderNames.Field(System.Text.Encoding.UTF8.GetBytes(argument ?? "")),
        'C' => HeaderNames.IsSessionCookie(argument ?? "") ? LogField.Session : LogField.Skip,
        _ => LogField.Skip,
    };
}
