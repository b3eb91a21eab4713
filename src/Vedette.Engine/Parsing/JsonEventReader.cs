using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Walks over one JSON object and fills an event; lives as long as the parse of one line.</summary>
internal ref struct JsonEventReader
{
    public const int MaxPathLength = 160;
    public const int RankCount = (int)LogField.Message + 1;

    /// <summary>Longest sample of headers that is kept.</summary>
    public const int MaxHeadersLength = 16 * 1024;

    private const int MaxDepth = 12;

    /// <summary>Names of this rank and above mean one thing only.</summary>
    private const byte SureRank = 3;

    private readonly EventBatch _batch;
    private readonly Utf8Slice _line;
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<byte> _path;
    private readonly Span<byte> _ranks;
    private readonly ref HttpEvent _event;
    private FieldValue.TimeParts _time;
    private int _at;
    private LogField _objectField;
    private int _objectAt;

    /// <summary>Ranks and path are scratch space of <see cref="RankCount"/> zeros and <see cref="MaxPathLength"/> bytes.</summary>
    public JsonEventReader(EventBatch batch, Utf8Slice line, Span<byte> path, Span<byte> ranks, ref HttpEvent parsed)
    {
        _batch = batch;
        _line = line;
        _text = batch[line];
        _path = path;
        _ranks = ranks;
        _event = ref parsed;
    }

    /// <summary>A text that may hold an access-log line, if there was one.</summary>
    public Utf8Slice Message { get; private set; }

    public ParseError Read(out int column)
    {
        _at = JsonText.SkipBlanks(_text, 0);
        ParseError error = _at < _text.Length && _text[_at] == (byte)'{' ? ReadObject(0, 0) : ParseError.UnexpectedFormat;
        if (error == ParseError.None)
        {
            _at = JsonText.SkipBlanks(_text, _at);
            error = _at == _text.Length ? CheckHttp() : ParseError.BadJson;
        }
        column = error == ParseError.None ? 0 : Math.Min(_at, _text.Length) + 1;
        return error;
    }

    private ParseError CheckHttp()
    {
        _time.Apply(ref _event);
        if (_objectAt > 0 && _ranks[(int)(IsDuration(_objectField) ? LogField.DurationText : _objectField)] == 0)
        {
            _at = _objectAt;
            return ParseError.WrongType;
        }
        if (_event.Path.Length > 0 || _event.Flags.HasFlag(EventFlags.MalformedRequest)) return ParseError.None;
        if (_event.Query.Length > 0 && _event.Method != RequestMethod.Unknown) return ParseError.None;
        _at = -1;
        return _event.Method != RequestMethod.Unknown && _event.Status != 0 ? ParseError.MissingField : ParseError.NotHttp;
    }

    /// <summary>Reads the object at the current position; <paramref name="pathLength"/> bytes of the path are its own name.</summary>
    private ParseError ReadObject(int pathLength, int depth)
    {
        _at = JsonText.SkipBlanks(_text, _at + 1);
        if (_at < _text.Length && _text[_at] == (byte)'}')
        {
            _at++;
            return ParseError.None;
        }
        while (true)
        {
            ParseError error = ReadMember(pathLength, depth);
            if (error != ParseError.None) return error;
            _at = JsonText.SkipBlanks(_text, _at);
            if (_at >= _text.Length) return ParseError.TruncatedLine;
            byte next = _text[_at];
            if (next is not ((byte)',' or (byte)'}')) return ParseError.BadJson;
            _at++;
            if (next == (byte)'}') return ParseError.None;
            _at = JsonText.SkipBlanks(_text, _at);
        }
    }

    private ParseError ReadMember(int pathLength, int depth)
    {
        ParseError error = ReadName(out ReadOnlySpan<byte> name);
        if (error != ParseError.None) return error;
        int length = Extend(pathLength, name);
        byte first = _text[_at];
        if (first == (byte)'{')
        {
            if (IsHeaders(name)) return ReadHeaders(keep: !IsResponse(length));
            if (length >= 0 && TryFind(_path[..length], out var whole))
            {
                if (whole.Field == LogField.Body) return KeepRaw(LogField.Body);
                NoteObject(whole);
            }
            if (length >= 0 && depth + 1 < MaxDepth) return ReadObject(length, depth + 1);
            return Skip();
        }
        if (length >= 0 && TryFind(_path[..length], out var meaning))
        {
            if (IsWrongType(meaning, first)) return ParseError.WrongType;
            if (first != (byte)'[') return ReadField(meaning, name);
            if (meaning.Field == LogField.Body) return KeepRaw(LogField.Body);
        }
        return TryHeaderAttribute(length, name) ?? Skip();
    }

    /// <summary>An object is a level of names, so it is wrong in the place of a number or an address only if no other name gives it: OpenTelemetry's <c>{"status":{"code":0}}</c> is not about HTTP.</summary>
    private void NoteObject(JsonFieldNames.Meaning meaning)
    {
        if (_objectAt == 0 && meaning.Rank > SureRank && (meaning.Field == LogField.Client || IsNumber(meaning.Field))) (_objectField, _objectAt) = (meaning.Field, _at);
    }

    /// <summary>True if what begins with <paramref name="first"/> cannot be the field's value: a path and an address are no numbers, a status is not true. Objects are levels of names, and null is absence.</summary>
    private static bool IsWrongType(JsonFieldNames.Meaning meaning, byte first)
    {
        if (meaning.Rank < SureRank || first is (byte)'"' or (byte)'{' or (byte)'n') return false;
        if (meaning.Field is LogField.Method or LogField.Path or LogField.Target or LogField.Url) return true;
        if (meaning.Field == LogField.Client) return first != (byte)'[';
        return first is (byte)'t' or (byte)'f' or (byte)'[' && IsNumber(meaning.Field);
    }

    private static bool IsNumber(LogField field) => field is LogField.Time or LogField.Status or LogField.RequestBytes or LogField.ResponseBytes || IsDuration(field);

    private ParseError ReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (_at >= _text.Length) return ParseError.TruncatedLine;
        if (_text[_at] != (byte)'"') return ParseError.BadJson;
        int close = JsonText.FindClosing(_text, _at + 1, out _);
        if (close < 0) return ParseError.TruncatedLine;
        name = _text[(_at + 1)..close];
        _at = JsonText.SkipBlanks(_text, close + 1);
        if (_at >= _text.Length) return ParseError.TruncatedLine;
        if (_text[_at] != (byte)':') return ParseError.BadJson;
        _at = JsonText.SkipBlanks(_text, _at + 1);
        return _at < _text.Length ? ParseError.None : ParseError.TruncatedLine;
    }

    /// <summary>Writes the normalised name behind the path; returns the new length, or -1 if it is too long.</summary>
    private readonly int Extend(int pathLength, ReadOnlySpan<byte> name)
    {
        if (pathLength + name.Length + 1 > MaxPathLength) return -1;
        if (pathLength > 0) _path[pathLength++] = (byte)'.';
        foreach (byte b in name)
        {
            if (b is (byte)'_' or (byte)'-' or (byte)'@') continue;
            _path[pathLength++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }
        return pathLength;
    }

    private static bool TryFind(ReadOnlySpan<byte> path, out JsonFieldNames.Meaning meaning)
    {
        if (JsonFieldNames.Table.TryFind(path, out meaning)) return true;
        for (int dot = path.LastIndexOf((byte)'.'); dot > 0; dot = path[..dot].LastIndexOf((byte)'.'))
        {
            if (!TryFindWrapper(path[..dot], out var wrapper)) continue;
            if (!JsonFieldNames.Table.TryFind(path[(dot + 1)..], out meaning)) continue;
            meaning = meaning with { Field = JsonFieldNames.Inside(wrapper, meaning.Field) };
            return meaning.Field != LogField.Skip;
        }
        return false;
    }

    /// <summary>A path wraps if it is a wrapper's name, or if each of its levels is; the innermost says what the sizes mean.</summary>
    private static bool TryFindWrapper(ReadOnlySpan<byte> path, out JsonFieldNames.Wrapper wrapper)
    {
        if (JsonFieldNames.Wrappers.TryFind(path, out wrapper)) return true;
        int dot = path.LastIndexOf((byte)'.');
        return dot > 0 && TryFindWrapper(path[..dot], out _) && JsonFieldNames.Wrappers.TryFind(path[(dot + 1)..], out wrapper);
    }

    private ParseError ReadField(JsonFieldNames.Meaning meaning, ReadOnlySpan<byte> name)
    {
        int start = _at;
        if (!TryReadScalar(out ReadOnlySpan<byte> value, out bool isString, out bool escaped)) return EndError();
        if (!isString && value[0] is (byte)'n' or (byte)'t' or (byte)'f' && !isString) return ParseError.None;
        LogField field = meaning.Field;
        if (_ranks[(int)field] >= meaning.Rank || IsDuration(field) && _ranks[(int)LogField.DurationText] >= meaning.Rank) return ParseError.None;
        if (IsTarget(field) && _ranks[(int)LogField.Target] >= meaning.Rank) return ParseError.None;

        int offset = _line.Offset + start + (isString ? 1 : 0);
        if (escaped) value = Decode(value, out offset);
        if (field == LogField.Message)
        {
            if (isString) Message = new Utf8Slice(offset, value.Length);
            return ParseError.None;
        }
        if (value.IsEmpty) return ParseError.None;
        ParseError error = IsNegative(field, value) ? ParseError.BadNumber : FieldValue.Assign(Unit(field, name, value), value, offset, ref _event, ref _time);
        if (error != ParseError.None && meaning.Rank >= 4)
        {
            _at = start;
            return error;
        }
        if (error == ParseError.None) Remember(field, meaning.Rank);
        return ParseError.None;
    }

    private readonly void Remember(LogField field, byte rank)
    {
        _ranks[(int)field] = rank;
        if (IsDuration(field)) _ranks[(int)LogField.DurationText] = rank;
        if (IsTarget(field)) _ranks[(int)LogField.Target] = rank;
    }

    private static bool IsDuration(LogField field) => field is >= LogField.DurationSeconds and <= LogField.DurationText;

    /// <summary>True for a duration below zero; -1 is how proxies write that they measured none, but nobody who writes milliseconds for Vedette does.</summary>
    private static bool IsNegative(LogField field, ReadOnlySpan<byte> value) =>
        IsDuration(field) && value is [(byte)'-', _, ..] && (field == LogField.DurationMillis || !value.SequenceEqual("-1"u8));

    private static bool IsTarget(LogField field) => field is LogField.Target or LogField.Url or LogField.Path or LogField.Request;

    /// <summary>Settles the unit of a duration that only its key and digits tell.</summary>
    private static LogField Unit(LogField field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (field == LogField.DurationSeconds) return name.SequenceEqual("responseTime"u8) ? LogField.DurationMillis : field;
        if (field != LogField.DurationText || char.IsAsciiLetter((char)value[^1])) return field;
        if (name.SequenceEqual("Duration"u8)) return LogField.DurationNanos;
        return value.ContainsAny((byte)'.', (byte)'e', (byte)'E') ? LogField.DurationSeconds : LogField.DurationMillis;
    }

    private bool TryReadScalar(out ReadOnlySpan<byte> value, out bool isString, out bool escaped)
    {
        value = default;
        escaped = false;
        isString = _at < _text.Length && _text[_at] == (byte)'"';
        int end = isString ? JsonText.FindClosing(_text, _at + 1, out escaped) : JsonText.SkipValue(_text, _at);
        if (end < 0) return false;
        value = isString ? _text[(_at + 1)..end] : _text[_at..end];
        _at = isString ? end + 1 : end;
        return true;
    }

    private readonly ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> value, out int offset)
    {
        Utf8Slice decoded = JsonText.Unescape(_batch, value);
        offset = decoded.Offset;
        return _batch[decoded];
    }

    private ParseError Skip()
    {
        int end = JsonText.SkipValue(_text, _at);
        if (end < 0) return EndError();
        _at = end;
        return ParseError.None;
    }

    private ParseError KeepRaw(LogField field)
    {
        int start = _at;
        ParseError error = Skip();
        if (error != ParseError.None) return error;
        return FieldValue.Assign(field, _text[start.._at], _line.Offset + start, ref _event, ref _time);
    }

    private readonly ParseError EndError() =>
        _text[_at] is (byte)'"' or (byte)'{' or (byte)'[' ? ParseError.TruncatedLine : ParseError.BadJson;

    private static bool IsHeaders(ReadOnlySpan<byte> name) =>
        name.EndsWith("eaders"u8) || name.SequenceEqual("header"u8);

    private readonly bool IsResponse(int pathLength) => pathLength < 0 || _path[..pathLength].StartsWith("res"u8) || _path[..pathLength].IndexOf(".res"u8) >= 0;

    private ParseError ReadHeaders(bool keep)
    {
        if (!keep) return Skip();
        int start = _batch.TextLength;
        _at = JsonText.SkipBlanks(_text, _at + 1);
        while (_at < _text.Length && _text[_at] != (byte)'}')
        {
            ParseError error = ReadName(out ReadOnlySpan<byte> name);
            if (error == ParseError.None) error = ReadHeader(name, keep: _batch.TextLength - start < MaxHeadersLength);
            if (error != ParseError.None) return error;
            _at = JsonText.SkipBlanks(_text, _at);
            if (_at < _text.Length && _text[_at] == (byte)',') _at = JsonText.SkipBlanks(_text, _at + 1);
            else if (_at >= _text.Length || _text[_at] != (byte)'}') return _at < _text.Length ? ParseError.BadJson : ParseError.TruncatedLine;
        }
        if (_at >= _text.Length) return ParseError.TruncatedLine;
        _at++;
        _event.Headers = new Utf8Slice(start, _batch.TextLength - start);
        return ParseError.None;
    }

    /// <summary>Reads a header's value, a text or a list of which the first text counts, and adds <c>Name: value</c> to the sample.</summary>
    private ParseError ReadHeader(ReadOnlySpan<byte> name, bool keep)
    {
        int resume = -1;
        if (_text[_at] == (byte)'[')
        {
            resume = JsonText.SkipValue(_text, _at);
            if (resume < 0) return ParseError.TruncatedLine;
            _at = JsonText.SkipBlanks(_text, _at + 1);
        }
        if (_text[_at] is (byte)'{' or (byte)'[' or (byte)']') return resume < 0 ? Skip() : Resume(resume);
        if (!TryReadScalar(out ReadOnlySpan<byte> value, out _, out bool escaped)) return EndError();
        int offset = _line.Offset + _at - value.Length - 1;
        if (keep)
        {
            _batch.Append(name);
            _batch.Append(": "u8);
            Utf8Slice kept = escaped ? JsonText.Unescape(_batch, value) : _batch.Append(value);
            _batch.Append("\n"u8);
            value = _batch[kept];
            offset = kept.Offset;
            escaped = false;
        }
        if (!escaped) TakeHeader(name, value, offset);
        return resume < 0 ? ParseError.None : Resume(resume);
    }

    private ParseError Resume(int at)
    {
        _at = at;
        return ParseError.None;
    }

    /// <summary>OpenTelemetry's <c>http.request.header.name</c> and the like, one attribute a header.</summary>
    private ParseError? TryHeaderAttribute(int pathLength, ReadOnlySpan<byte> name)
    {
        if (pathLength < 0 || _path[..pathLength].IndexOf("http.request.header."u8) < 0) return null;
        int dot = name.LastIndexOf((byte)'.');
        return ReadHeader(name[(dot + 1)..], keep: false);
    }

    private readonly void TakeHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset)
    {
        LogField field = HeaderNames.Field(name);
        if (field == LogField.Skip || value.IsEmpty || _ranks[(int)field] >= 3) return;
        var ignored = new FieldValue.TimeParts();
        if (FieldValue.Assign(field, value, offset, ref _event, ref ignored) == ParseError.None) _ranks[(int)field] = 1;
    }
}
