using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Puts the values of single fields into an event, for all formats alike.</summary>
internal static class FieldValue
{
    /// <summary>Longest sample of a body that is kept.</summary>
    public const int MaxBodyLength = 64 * 1024;

    /// <summary>What is read in parts: a date and a time of day, or a time and its fraction.</summary>
    public struct TimeParts
    {
        public long Days, TimeOfDay, Fraction;
        public bool HasDate, HasTimeOfDay;

        /// <summary>Puts the parts together, once all fields are read.</summary>
        public readonly void Apply(ref HttpEvent parsed)
        {
            if (HasDate && parsed.TimeMicros == HttpEvent.Unknown) parsed.TimeMicros = Days * Timestamp.MicrosPerDay + TimeOfDay;
            if (parsed.TimeMicros != HttpEvent.Unknown) parsed.TimeMicros += Fraction;
        }
    }

    /// <summary>Reads one value. <c>-</c> and an empty text mean absent, in every field.</summary>
    /// <param name="field">What the value is.</param>
    /// <param name="value">The value, escapes resolved.</param>
    /// <param name="offset">Where it stands in the batch's text.</param>
    /// <param name="parsed">Receives it.</param>
    /// <param name="time">Receives parts of times.</param>
    public static ParseError Assign(LogField field, ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed, ref TimeParts time)
    {
        if (value is [] or [(byte)'-']) return Absent(field, ref parsed);
        var slice = new Utf8Slice(offset, value.Length);
        switch (field)
        {
            case LogField.Client: return ClientText.TryRead(value, offset, ref parsed) ? ParseError.None : ParseError.BadAddress;
            case LogField.User: parsed.User = value.SequenceEqual("\"\""u8) ? default : slice; break;
            case LogField.Session: parsed.Session = slice; break;
            case LogField.ApiKey: parsed.ApiKey = slice; break;
            case LogField.Time or LogField.Date or LogField.TimeOfDay or LogField.TimeFractionMillis or LogField.TimeFractionMicros:
                return AssignTime(field, value, ref parsed, ref time);
            case LogField.Request: RequestLine.Read(value, offset, ref parsed); break;
            case LogField.RequestWithUrl:
                if (value.SequenceEqual("- - - "u8)) return ParseError.NotHttp; // a TCP connection through a load balancer
                RequestLine.Read(value, offset, ref parsed);
                break;
            case LogField.Method:
                parsed.MethodText = slice;
                parsed.Method = RequestMethods.Parse(value);
                break;
            case LogField.Target or LogField.Url: RequestLine.ReadUrl(value, offset, ref parsed); break;
            case LogField.Path: AssignPath(value, offset, ref parsed); break;
            case LogField.HostAndTarget: AssignHostAndTarget(value, offset, ref parsed); break;
            case LogField.Query: parsed.Query = value[0] == (byte)'?' ? new Utf8Slice(offset + 1, value.Length - 1) : slice; break;
            case LogField.Protocol: parsed.Protocol = slice; break;
            case LogField.Host:
                parsed.Host = default;
                RequestLine.SetHost(value, offset, ref parsed);
                break;
            case LogField.Status: return TryReadStatus(value, ref parsed) ? ParseError.None : ParseError.BadStatus;
            case LogField.ResponseBytes: return ReadInteger(value, out parsed.ResponseBytes);
            case LogField.RequestBytes: return ReadInteger(value, out parsed.RequestBytes);
            case >= LogField.DurationSeconds and <= LogField.DurationText: return AssignDuration(field, value, ref parsed);
            case LogField.Referer: parsed.Referer = slice; break;
            case LogField.UserAgent: parsed.UserAgent = slice; break;
            case LogField.ForwardedFor: parsed.ForwardedFor = slice; break;
            case LogField.Cookies: parsed.Cookies = slice; break;
            case LogField.Route: parsed.Route = slice; break;
            case LogField.Headers: parsed.Headers = slice; break;
            case LogField.Body: parsed.Body = new Utf8Slice(offset, Math.Min(value.Length, MaxBodyLength)); break;
        }
        return ParseError.None;
    }

    /// <summary>Reads a status of 100 to 599. <c>-</c>, <c>0</c>, <c>000</c> and <c>-1</c> mean that none was sent.</summary>
    public static bool TryReadStatus(ReadOnlySpan<byte> text, ref HttpEvent parsed)
    {
        if (text is [(byte)'-'] || text.SequenceEqual("-1"u8)) return true;
        if (text.Length > 3 || !Utf8Number.TryParse(text, out long status)) return false;
        parsed.Status = (short)status;
        return status is 0 or >= 100 and <= 599;
    }

    private static ParseError Absent(LogField field, ref HttpEvent parsed)
    {
        if (field == LogField.ResponseBytes) parsed.ResponseBytes = 0;
        else if (field is LogField.Request or LogField.RequestWithUrl) parsed.Flags |= EventFlags.MalformedRequest;
        return ParseError.None;
    }

    private static ParseError AssignTime(LogField field, ReadOnlySpan<byte> value, ref HttpEvent parsed, ref TimeParts time)
    {
        bool good;
        switch (field)
        {
            case LogField.Time:
                good = Timestamp.TryParse(value, out parsed.TimeMicros);
                break;
            case LogField.Date:
                good = time.HasDate = Timestamp.TryParseDate(value, out time.Days, out int used) && used == value.Length;
                break;
            case LogField.TimeOfDay:
                good = time.HasTimeOfDay = Timestamp.TryParseTimeOfDay(value, out time.TimeOfDay, out used) && used == value.Length;
                break;
            default:
                good = Utf8Number.TryParse(value, out long fraction);
                time.Fraction = field == LogField.TimeFractionMillis ? fraction * 1000 : fraction;
                break;
        }
        return good ? ParseError.None : ParseError.BadTimestamp;
    }

    private static void AssignPath(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        Utf8Slice query = parsed.Query;
        RequestLine.ReadUrl(value, offset, ref parsed);
        if (parsed.Query.IsEmpty) parsed.Query = query;
    }

    private static void AssignHostAndTarget(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        int slash = value.IndexOf((byte)'/');
        if (slash < 0) slash = value.Length;
        if (slash > 0) RequestLine.SetHost(value[..slash], offset, ref parsed);
        RequestLine.ReadUrl(value[slash..], offset + slash, ref parsed);
    }

    private static ParseError AssignDuration(LogField field, ReadOnlySpan<byte> value, ref HttpEvent parsed)
    {
        // nginx lists one upstream time per attempt; the last one answered.
        int list = value.LastIndexOfAny((byte)',', (byte)' ');
        if (list >= 0) value = value[(list + 1)..];
        if (value is [] or [(byte)'-', ..]) return ParseError.None;
        long micros;
        bool good = field switch
        {
            LogField.DurationSeconds => Utf8Number.TryParseScaled(value, 6, out micros) || Durations.TryParse(value, out micros),
            LogField.DurationMillis => Utf8Number.TryParseScaled(value, 3, out micros) || Durations.TryParse(value, out micros),
            LogField.DurationMicros => Utf8Number.TryParseScaled(value, 0, out micros),
            LogField.DurationNanos => Utf8Number.TryParseScaled(value, 0, out micros),
            _ => Durations.TryParse(value, out micros),
        };
        if (!good) return ParseError.BadNumber;
        parsed.DurationMicros = field == LogField.DurationNanos ? micros / 1000 : micros;
        return ParseError.None;
    }

    private static ParseError ReadInteger(ReadOnlySpan<byte> value, out long number) =>
        Utf8Number.TryParse(value, out number) || Utf8Number.TryParseScaled(value, 0, out number) ? ParseError.None : ParseError.BadNumber;
}
