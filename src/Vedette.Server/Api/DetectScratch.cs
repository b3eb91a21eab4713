using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Signatures;

namespace Vedette.Server.Api;

/// <summary>Working memory for one question at a time; pooled.</summary>
internal sealed class DetectScratch(RequestJudge judge)
{
    private const int TextBytes = 8 << 10;
    private const int KeptTextBytes = 256 << 10;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private Utf8JsonWriter? _json;

    public PreparedBatch Batch { get; } = new(new EventBatch(TextBytes, 4));

    public Action<PreparedBatch> Prepare { get; } = judge.CreatePreparer();

    /// <summary>For explanations; made at the first.</summary>
    public InspectionScratch Inspection => field ??= new InspectionScratch();

    /// <summary>An event in the shape users know.</summary>
    public RawJson Write(in HttpEvent request)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_buffer, Format);
        _json.Reset(_buffer);
        EventJson.Write(_json, Batch.Events, request);
        _json.Flush();
        return new RawJson(_buffer.WrittenSpan.ToArray());
    }

    public void Reset() => Batch.Events.Clear(KeptTextBytes);
}
