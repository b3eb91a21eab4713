using System.Text.Json;
using Vedette.Engine.Events;

namespace Vedette.Server.Api;

/// <summary>What a question asks about; read straight into a batch, whose lines are what is to be judged.</summary>
internal ref struct DetectRequest
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly EventBatch _batch;
    private readonly int _mostLines;

    private DetectRequest(EventBatch batch, int mostLines) => (_batch, _mostLines) = (batch, mostLines);

    /// <summary>The session all lines belong to.</summary>
    public Utf8Slice Session { get; private set; }

    /// <summary>Score at or below which a log is an anomaly; null if none was given.</summary>
    public double? Threshold { get; private set; }

    public DetectKind Kind { get; private set; }

    public FieldError? Error { get; private set; }

    /// <summary>Reads the batch's text, which is the body.</summary>
    /// <param name="batch">Holds the body; receives one line for each log.</param>
    /// <param name="mostLines">Most logs that may be asked about.</param>
    public static DetectRequest Read(EventBatch batch, int mostLines)
    {
        var request = new DetectRequest(batch, mostLines);
        try
        {
            request.ReadBody();
        }
        catch (JsonException e)
        {
            request.Error = new FieldError("$", $"the body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            // The reader finds half a surrogate pair only when the text is asked for.
            request.Error = new FieldError("$", "the body is not valid JSON: a text in it holds half a character (a lone surrogate)");
        }
        return request;
    }

    private void ReadBody()
    {
        var json = new Utf8JsonReader(_batch.Text, Options);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            Error = new FieldError("$", "the body must be an object with 'log_line', 'log_lines', 'logs' or 'event'");
            return;
        }
        while (Error is null && json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadMember(ref json);
        while (Error is null && json.Read())
        {
        }
        if (Error is null && Kind == DetectKind.None) Error = new FieldError("$", "the body must have 'log_line', 'log_lines', 'logs' or 'event'");
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("log_line"u8)) ReadLine(ref json, DetectKind.Line, "log_line");
        else if (json.ValueTextEquals("log_lines"u8)) ReadList(ref json, DetectKind.Lines, "log_lines");
        else if (json.ValueTextEquals("logs"u8)) ReadList(ref json, DetectKind.Logs, "logs");
        else if (json.ValueTextEquals("event"u8)) ReadEvent(ref json);
        else if (json.ValueTextEquals("session_id"u8)) ReadSession(ref json);
        else if (json.ValueTextEquals("threshold"u8)) ReadThreshold(ref json);
        else json.Skip();
    }

    private void ReadLine(ref Utf8JsonReader json, DetectKind kind, string name)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String) Error = new FieldError(name, "must be a text");
        else if (Begin(kind, name)) _batch.AddLine(Copy(ref json), 1);
    }

    private void ReadList(ref Utf8JsonReader json, DetectKind kind, string name)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Error = new FieldError(name, "must be an array");
            return;
        }
        if (!Begin(kind, name)) return;
        int number = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (++number > _mostLines)
            {
                Error = new FieldError(name, $"must have at most {_mostLines} entries");
                return;
            }
            if (json.TokenType == JsonTokenType.String) _batch.AddLine(Copy(ref json), number);
            else if (json.TokenType == JsonTokenType.StartObject) _batch.AddLine(Skip(ref json), number);
            else Error ??= new FieldError($"{name}[{number - 1}]", "must be an object or a text");
            if (Error is not null) return;
        }
        if (number == 0) Error = new FieldError(name, "must not be empty");
    }

    private void ReadEvent(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) Error = new FieldError("event", "must be an object");
        else if (Begin(DetectKind.Event, "event")) _batch.AddLine(Skip(ref json), 1);
    }

    private void ReadSession(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > 500) Error = new FieldError("session_id", "must be a text of at most 500 bytes");
        else Session = Copy(ref json);
    }

    private void ReadThreshold(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double value) && value is >= -1 and <= 1) Threshold = value;
        else Error = new FieldError("threshold", "must be a number from -1 to 1; lower finds only stranger logs");
    }

    private bool Begin(DetectKind kind, string name)
    {
        if (Kind == DetectKind.None) Kind = kind;
        else Error = new FieldError(name, "only one of 'log_line', 'log_lines', 'logs' and 'event' may be given");
        return Error is null;
    }

    private readonly Utf8Slice Copy(ref Utf8JsonReader json)
    {
        int written = json.CopyString(_batch.Reserve(json.HasValueSequence ? (int)json.ValueSequence.Length : json.ValueSpan.Length));
        return _batch.Commit(written);
    }

    private static Utf8Slice Skip(ref Utf8JsonReader json)
    {
        int start = (int)json.TokenStartIndex;
        json.Skip();
        return new Utf8Slice(start, (int)json.BytesConsumed - start);
    }
}

/// <summary>What kind of question.</summary>
internal enum DetectKind
{
    None,

    /// <summary>One line of a log.</summary>
    Line,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>Several logs as objects, with a threshold.</summary>
    Logs,

    /// <summary>One event as an object.</summary>
    Event,
}
