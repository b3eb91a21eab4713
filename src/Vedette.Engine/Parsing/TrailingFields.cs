using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Guesses what the fields behind a common or combined log line mean; what cannot be guessed is left alone.</summary>
/// <remarks>
/// The rule, by the shape of a field:
/// <list type="bullet">
/// <item>a number with a decimal point is a duration in seconds (nginx <c>$request_time</c>); the first one counts;</item>
/// <item>an integer right before that number is the size of the request (<c>$request_length $request_time</c>);</item>
/// <item>a lone integer is a duration in microseconds (Apache <c>%D</c>); two are bytes in and out (<c>%I %O</c>); more mean nothing;</item>
/// <item>an integer ending in <c>ms</c> or <c>s</c> is a duration in that unit;</item>
/// <item>one or more addresses, quoted or bare, are X-Forwarded-For; a quoted <c>name=value</c> text with several parts or <c>;</c> is a cookie header;
/// a quoted host name is the host;</item>
/// <item><c>name=value</c> is judged by its name: <c>rt</c> and <c>request_time</c> are seconds, <c>host</c>, <c>vhost</c> and <c>sn</c> the host,
/// <c>xff</c> is X-Forwarded-For.</item>
/// </list>
/// </remarks>
internal static class TrailingFields
{
    private const int MaxFields = 64;

    /// <summary>Reads the fields of <paramref name="line"/> from <paramref name="at"/> on.</summary>
    public static void Read(EventBatch batch, Utf8Slice line, int at, ref HttpEvent parsed)
    {
        ReadOnlySpan<byte> text = batch[line];
        var numbers = new BareNumbers();
        for (int count = 0; count < MaxFields && TryNext(text, ref at, out int start, out int length, out bool quoted); count++)
        {
            ReadOnlySpan<byte> value = text.Slice(start, length);
            if (value is [] or [(byte)'-']) continue;
            int offset = line.Offset + start;
            if (quoted) ReadQuoted(value, offset, ref parsed);
            else if (!numbers.TryTake(value)) ReadBare(value, offset, ref parsed);
        }
        numbers.Apply(ref parsed);
    }

    private static bool TryNext(ReadOnlySpan<byte> text, ref int at, out int start, out int length, out bool quoted)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t') at++;
        quoted = at < text.Length && text[at] == (byte)'"';
        start = quoted ? at + 1 : at;
        length = 0;
        if (start >= text.Length) return false;
        int end = quoted ? QuotedText.FindClosingBeforeBlank(text, start, out _) : EndOfBare(text, start);
        if (end < 0) end = text.Length;
        length = end - start;
        at = end + 1;
        return true;
    }

    /// <summary>A bare field ends at a blank, unless a comma before it says that the list goes on, or it is <c>name="quoted"</c>.</summary>
    private static int EndOfBare(ReadOnlySpan<byte> text, int start)
    {
        int at = start;
        while (true)
        {
            int end = text[at..].IndexOfAny((byte)' ', (byte)'"');
            if (end < 0) return text.Length;
            end += at;
            if (text[end] == (byte)'"') return end > start && text[end - 1] == (byte)'=' ? AfterQuote(text, end + 1) : end;
            if (text[end - 1] != (byte)',' || end + 1 >= text.Length) return end;
            at = end + 1;
        }
    }

    private static int AfterQuote(ReadOnlySpan<byte> text, int start)
    {
        int close = QuotedText.FindClosingBeforeBlank(text, start, out _);
        return close < 0 ? text.Length : close + 1;
    }

    private static void ReadQuoted(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        if (TryReadForwarded(value, offset, ref parsed)) return;
        if (value.Contains((byte)'='))
        {
            if (parsed.Cookies.IsEmpty && !value.ContainsAny((byte)'/', (byte)'{')) parsed.Cookies = new Utf8Slice(offset, value.Length);
        }
        else if (IsSeconds(value))
        {
            SetSeconds(value, ref parsed);
        }
        else if (value.Contains((byte)'.') && ClientText.IsName(value))
        {
            RequestLine.SetHost(value, offset, ref parsed);
        }
    }

    private static void ReadBare(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        int equals = value.IndexOf((byte)'=');
        if (equals > 0)
        {
            ReadNamed(value[..equals], value[(equals + 1)..], offset + equals + 1, ref parsed);
        }
        else if (!TryReadForwarded(value, offset, ref parsed) && parsed.DurationMicros < 0 && char.IsAsciiDigit((char)value[0]) && value[^1] == (byte)'s')
        {
            if (Durations.TryParse(value, out long micros)) parsed.DurationMicros = micros;
        }
    }

    private static void ReadNamed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        if (value is [(byte)'"', .., (byte)'"'])
        {
            value = value[1..^1];
            offset++;
        }
        if (value is [] or [(byte)'-']) return;
        if (name.SequenceEqual("rt"u8) || name.SequenceEqual("request_time"u8)) SetSeconds(value, ref parsed);
        else if (name.SequenceEqual("host"u8) || name.SequenceEqual("vhost"u8) || name.SequenceEqual("sn"u8)) RequestLine.SetHost(value, offset, ref parsed);
        else if (name.SequenceEqual("xff"u8)) TryReadForwarded(value, offset, ref parsed);
    }

    /// <summary>Takes a list of addresses; only its first and last need to be addresses, what lies between is checked where it is used.</summary>
    private static bool TryReadForwarded(ReadOnlySpan<byte> value, int offset, ref HttpEvent parsed)
    {
        if (value[0] is not ((byte)'[' or (byte)':') && !char.IsAsciiHexDigit((char)value[0])) return false;
        int comma = value.IndexOf((byte)',');
        ReadOnlySpan<byte> first = comma < 0 ? value : value[..comma];
        // Address and port alone are nearly always an upstream server.
        bool hasPort = first.Contains((byte)'.') && first.Contains((byte)':') && !first.StartsWith("::"u8);
        if (hasPort || !NetworkAddress.TryParse(first, out _)) return false;
        if (parsed.ForwardedFor.IsEmpty) parsed.ForwardedFor = new Utf8Slice(offset, value.Length);
        return true;
    }

    private static bool IsSeconds(ReadOnlySpan<byte> value) => value.Contains((byte)'.') && Utf8Number.TryParseScaled(value, 6, out _);

    private static void SetSeconds(ReadOnlySpan<byte> value, ref HttpEvent parsed)
    {
        if (parsed.DurationMicros < 0 && Utf8Number.TryParseScaled(value, 6, out long micros)) parsed.DurationMicros = micros;
    }

    /// <summary>Collects the bare numbers, whose meaning depends on how many there are.</summary>
    private struct BareNumbers
    {
        private long _first, _second, _last, _seconds, _beforeSeconds;
        private int _integers;
        private bool _hasSeconds;

        public bool TryTake(ReadOnlySpan<byte> value)
        {
            if (Utf8Number.TryParse(value, out long integer))
            {
                if (_integers == 0) _first = integer;
                else if (_integers == 1) _second = integer;
                _last = integer;
                _integers++;
                return true;
            }
            if (!value.Contains((byte)'.') || !Utf8Number.TryParseScaled(value, 6, out long seconds)) return false;
            if (_hasSeconds) return true;
            _hasSeconds = true;
            _seconds = seconds;
            _beforeSeconds = _integers > 0 ? _last : HttpEvent.Unknown;
            return true;
        }

        public readonly void Apply(ref HttpEvent parsed)
        {
            if (_hasSeconds)
            {
                if (parsed.DurationMicros < 0) parsed.DurationMicros = _seconds;
                parsed.RequestBytes = _beforeSeconds;
            }
            else if (_integers == 1 && parsed.DurationMicros < 0)
            {
                parsed.DurationMicros = _first;
            }
            else if (_integers == 2)
            {
                parsed.RequestBytes = _first;
                parsed.ResponseBytes = _second;
            }
        }
    }
}
