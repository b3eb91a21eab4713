using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Cli.Commands;

/// <summary>Writes one NDJSON row for each line of parsed batches, in line order.</summary>
internal sealed class ParseRowWriter : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Stream _output;
    private readonly JsonEncodedText[] _formats;
    private readonly JsonEncodedText[] _sources;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private readonly Utf8JsonWriter _json;

    /// <param name="output">Receives the rows; written to once a batch.</param>
    /// <param name="formats">The parser's formats.</param>
    /// <param name="sources">Names of the inputs, or none to leave the source out of the rows.</param>
    public ParseRowWriter(Stream output, IReadOnlyList<ILogFormat> formats, IReadOnlyList<string> sources)
    {
        _output = output;
        _formats = [.. formats.Select(format => JsonEncodedText.Encode(format.Name))];
        _sources = [.. sources.Select(source => JsonEncodedText.Encode(source))];
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public void Write(EventBatch batch)
    {
        int failure = 0;
        foreach (ref readonly HttpEvent e in batch.Events)
        {
            while (failure < batch.Failures.Count && batch.Failures[failure].Line < e.Line && batch.Failures[failure].Source == e.Source) WriteFailure(batch.Failures[failure++]);
            WriteEvent(batch, e);
        }
        while (failure < batch.Failures.Count) WriteFailure(batch.Failures[failure++]);
        _output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();

    private void WriteEvent(EventBatch batch, in HttpEvent e)
    {
        _json.WriteStartObject();
        _json.WriteNumber("line"u8, e.Line);
        WriteSource(e.Source);
        _json.WriteString("format"u8, _formats[e.Format]);
        _json.WritePropertyName("event"u8);
        EventJson.Write(_json, batch, e);
        EndRow();
    }

    private void WriteFailure(in ParseFailure failure)
    {
        _json.WriteStartObject();
        _json.WriteNumber("line"u8, failure.Line);
        WriteSource(failure.Source);
        _json.WriteString("error"u8, failure.Reason.Name());
        _json.WriteString("message"u8, failure.Reason.Explain());
        _json.WriteNumber("at"u8, failure.Column);
        EndRow();
    }

    private void WriteSource(ushort source)
    {
        if (source < _sources.Length) _json.WriteString("source"u8, _sources[source]);
    }

    private void EndRow()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write(NewLine);
    }
}
